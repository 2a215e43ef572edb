import type {Forecast} from './planner/weather.ts';

/** Drawn on a grid of 24: what a font has of these pictures differs from one device to the next. */
const skies: Readonly<Record<Forecast['days'][number]['sky'], string>> = {
  sunny: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  fair: 'M9 3.500v1.500M3.500 9H5M5.100 5.100l1 1M12.900 5.100l-1 1M6.200 10.500a3 3 0 0 1 5.300-2.700M8.500 19.500a3.500 3.500 0 0 1 .300-7 5 5 0 0 1 9.400 1.300 2.900 2.900 0 0 1-.700 5.700z',
  cloudy: 'M7 18.500a4 4 0 0 1 .300-8 5.500 5.500 0 0 1 10.500 1.500 3.300 3.300 0 0 1-.800 6.500z',
  rain: 'M7 14.500a4 4 0 0 1 .300-8 5.500 5.500 0 0 1 10.500 1.500 3.300 3.300 0 0 1-.800 6.500zM8.500 17.500l-1 3M12.500 17.500l-1 3M16.500 17.500l-1 3',
};

const styles = new CSSStyleSheet();
styles.replaceSync(`
  :host { display: block; margin-block: 0.5rem; }
  ol { display: grid; grid-template-columns: repeat(auto-fit, minmax(4.5rem, 1fr)); gap: 0.375rem; margin: 0; padding: 0; list-style: none; }
  li { display: grid; justify-items: center; gap: 0.125rem; padding: 0.5rem 0.25rem; border: 1px solid var(--line); border-radius: 0.625rem; background: var(--sheet); }
  .day { color: var(--faint); font-size: 0.8125em; }
  svg { inline-size: 1.75rem; block-size: 1.75rem; fill: none; stroke: var(--teal); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  .range { font-variant-numeric: tabular-nums; font-weight: 600; }
  .range span { color: var(--faint); font-weight: 400; }
`);

/**
 * `<weather-table>`: a forecast, in place of the chat's own card for data of the type `data-weather`. The chat gives it the
 * part as `messagePart` and the language as `locale`.
 */
export class WeatherTableElement extends HTMLElement {
  #forecast: Forecast | undefined;
  #locale = 'en';

  constructor() {
    super();
    this.attachShadow({mode: 'open'}).adoptedStyleSheets = [styles];
  }

  set messagePart({data}: {readonly data: unknown}) {
    this.#forecast = readForecast(data);
    this.#show();
  }

  set locale(locale: string) {
    this.#locale = locale;
    this.#show();
  }

  #show(): void {
    if (!this.#forecast) return;
    const list = document.createElement('ol');
    list.ariaLabel = this.#forecast.city;
    const day = new Intl.DateTimeFormat(this.#locale, {weekday: 'short', day: 'numeric', timeZone: 'UTC'});
    for (const {date, sky, low, high} of this.#forecast.days) {
      const item = document.createElement('li');
      const range = text('span', 'range', `${high}°`);
      range.append(text('span', '', ` ${low}°`));
      const picture = drawn(skies[sky], sky);
      item.append(text('span', 'day', day.format(new Date(`${date}T00:00:00Z`))), picture, range);
      list.append(item);
    }
    this.shadowRoot?.replaceChildren(list);
  }
}

/** Whoever publishes on the channel may have written anything. */
function readForecast(data: unknown): Forecast | undefined {
  const {city, days} = (typeof data === 'object' && data !== null ? data : {}) as Partial<Forecast>;
  if (typeof city !== 'string' || !Array.isArray(days)) return undefined;
  const known = (days as Forecast['days']).filter(({date, sky}) => /^\d{4}-\d{2}-\d{2}$/.test(date) && Object.hasOwn(skies, sky));
  return {city, days: known};
}

function text(tag: string, className: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = content;
  return element;
}

function drawn(path: string, label: string): SVGElement {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', label);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  picture.append(line);
  return picture;
}
