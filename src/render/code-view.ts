import type {RenderContext} from './context.ts';
import type {Widget, WidgetContent} from './node-spec.ts';

/** A code block: a header with the language and a copy button, and the code, which scrolls sideways. */
class CodeView implements Widget {
  readonly element = document.createElement('div');
  readonly #code = document.createElement('code');
  readonly #button = document.createElement('button');
  readonly #context: RenderContext;
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(content: WidgetContent, context: RenderContext) {
    this.#context = context;
    const {labels} = context;
    const language = content.language === '' ? labels.plainText : content.language;
    this.element.className = 'code';
    const header = document.createElement('div');
    header.className = 'code-header';
    const name = document.createElement('span');
    name.textContent = language;
    this.#button.type = 'button';
    this.#button.textContent = labels.copy;
    this.#button.addEventListener('click', () => void this.#copy());
    header.append(name, this.#button);
    const pre = document.createElement('pre');
    pre.tabIndex = 0;
    pre.dir = 'ltr';
    pre.setAttribute('role', 'group');
    pre.setAttribute('aria-label', labels.code.replace('{language}', language));
    pre.append(this.#code);
    this.element.append(header, pre);
    this.update(content);
  }

  update({text}: WidgetContent): void {
    if (text === this.#text) return;
    const last = this.#code.lastChild;
    if (last instanceof Text && text.startsWith(this.#text)) last.appendData(text.slice(this.#text.length));
    else this.#code.replaceChildren(text);
    this.#text = text;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #copy(): Promise<void> {
    const {labels} = this.#context;
    try {
      await navigator.clipboard.writeText(this.#text);
      this.#button.textContent = labels.copied;
    } catch {
      this.#button.textContent = labels.copyFailed;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#button.textContent = labels.copy;
    }, 2_000);
  }
}

export const createCodeView = (content: WidgetContent, context: RenderContext): Widget => new CodeView(content, context);
