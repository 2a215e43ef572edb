import type {SightKind} from './places.ts';
import type {Language} from './understand.ts';

/** Everything the writer says, once a language. */
export interface Phrases {
  readonly greeting: string;
  readonly thanks: (place: string | undefined) => string;
  readonly unknown: string;
  readonly whereTo: string;
  readonly noNotes: (place: string) => string;
  readonly title: (days: number, place: string) => string;
  readonly intro: (place: string, area: string) => string;
  readonly day: (number: number) => string;
  readonly slots: readonly [string, string, string];
  readonly sight: Readonly<Record<SightKind, (name: string) => string>>;
  readonly generic: Readonly<Record<SightKind, string>>;
  readonly ticket: (price: string) => string;
  readonly free: string;
  readonly tableHead: readonly [string, string, string, string];
  readonly costsTitle: string;
  readonly costHead: readonly [string, string];
  readonly costRows: readonly [room: string, daily: string, tickets: string, total: string];
  readonly nights: (count: number) => string;
  readonly within: (total: string, left: string) => string;
  readonly above: (total: string, over: string, saving: string) => string;
  readonly saving: string;
  readonly detail: (dish: string, transit: string) => string;
  readonly next: string;
  readonly site: (place: string, url: string) => string;
  readonly food: (dish: string) => string;
  readonly stay: (area: string, price: string) => string;
  readonly transit: (ticket: string) => string;
  readonly packing: string;
  readonly noDetail: (place: string) => string;
  readonly recall: (facts: string) => string;
  readonly recallNothing: string;
  readonly facts: {place: string; days: string; budget: string};
}

const en: Phrases = {
  greeting:
    'Hello! I help with planning city trips. Tell me **where** you would like to go, **for how long**, and your **budget** if you have one in mind.\n\nFor example: *Three days in Lisbon for two museums and good food, about €600.*',
  thanks: (place) => (place ? `You are welcome. Enjoy **${place}**! If plans change, just write: I will rework the days.` : 'You are welcome!'),
  unknown:
    'I am a small scripted planner, so I did not understand that, and I would rather say so than guess. I can:\n\n- plan a city trip: *“4 nights in Tokyo, 900 €”*\n- rework it: *“make it shorter”*, *“as a table”*, *“in German”*\n- answer about it: *“where should we stay?”*, *“how much will it cost?”*, *“what should I pack?”*',
  whereTo: 'Gladly. **Which city** shall it be, and for how many days? *Lisbon*, *Kyoto*, *Rome*: any city will do.',
  noNotes: (place) => `I have no notes of my own on **${place}**, so this is a shape for your days rather than a list of addresses.`,
  title: (days, place) => `${days} ${days === 1 ? 'day' : 'days'} in ${place}`,
  intro: (place, area) => `A calm pace: three things a day, close to one another, and nothing before nine. Stay in **${area}** and most of ${place} is within half an hour.`,
  day: (number) => `Day ${number}`,
  slots: ['Morning', 'Afternoon', 'Evening'],
  sight: {
    quarter: (name) => `Wander through **${name}** without a plan; the side streets are the point.`,
    view: (name) => `Climb to **${name}** for the view, best about an hour before sunset.`,
    museum: (name) => `Take your time at **${name}**; book a slot online and go straight in.`,
    market: (name) => `Eat your way through **${name}**, and come hungry.`,
    church: (name) => `Visit **${name}** early, before the groups arrive.`,
    park: (name) => `Rest in **${name}**; bring something from a bakery.`,
    palace: (name) => `See **${name}**; the rooms are worth the ticket, the garden even more.`,
    walk: (name) => `Walk along **${name}**; allow about an hour and a half.`,
    trip: (name) => `Take the train out to **${name}**; leave before nine and you have it almost to yourselves.`,
    monument: (name) => `Start with **${name}**, with a ticket for the first hour of the day.`,
    evening: (name) => `**${name}**: come early, or book a table.`,
  },
  generic: {
    quarter: 'Wander through the old quarter without a plan.', view: 'Find the highest viewpoint and stay for the sunset.',
    museum: 'Visit the city museum first; everything else makes more sense afterwards.', market: 'Have lunch at the market hall.',
    church: 'Step into the main church or temple early in the day.', park: 'Rest in the largest park.', palace: 'See the old residence.', monument: 'See the landmark early, before the coaches arrive.',
    walk: 'Walk along the water or the old walls.', trip: 'Take a local train one hour out, to whatever lies at its end.',
    evening: 'Ask your host where they eat, and go there.',
  },
  ticket: (price) => `about ${price}`,
  free: 'free',
  tableHead: ['Day', 'Morning', 'Afternoon', 'Evening'],
  costsTitle: 'What it costs',
  costHead: ['For one', 'About'],
  costRows: ['Room', 'Food and getting around', 'Tickets', 'Total'],
  nights: (count) => `${count} ${count === 1 ? 'night' : 'nights'}`,
  within: (total, left) => `That comes to about **${total}** for one person, which leaves **${left}** of your budget.`,
  above: (total, over, saving) => `That comes to about **${total}** for one person, **${over}** more than your budget. ${saving}`,
  saving: 'The room is the largest part: a night less, or a simpler place, brings it down fastest.',
  detail: (dish, transit) => `For lunch look for *${dish}* where the menu is written by hand. Get the \`${transit}\` card on arrival: it pays for itself on the second day.`,
  next: 'Shall I make it *shorter*, put it in a *table*, or add *where to eat*?',
  site: (place, url) => `Opening times change, so check [the ${place} site](${url}) before you go.`,
  food: (dish) => `Order **${dish}** at least once.\n\n1. Lunch is the cheaper meal: take the menu of the day.\n2. Walk two streets away from any square with a fountain.\n3. Book for Friday and Saturday; other evenings need no plan.`,
  stay: (area, price) => `I would stay in **${area}**: quiet at night, and a short ride to everything. A good simple double room is about **${price}** a night; Sunday to Thursday it is less.`,
  transit: (ticket) => `Get **${ticket}** and forget about single tickets:\n\n\`\`\`\nairport -> centre    30 to 45 min by rail\nwithin the centre    walk, or 10 to 15 min\nlate at night        a shared taxi\n\`\`\``,
  packing: '- Shoes you have walked ten kilometres in before\n- One warm layer, also in summer: museums are cold\n- A light rain jacket rather than an umbrella\n- A refillable bottle',
  noDetail: (place) => `I have no notes on that for **${place}**, and I do not want to invent an address. Ask me for a plan, the costs or what to pack.`,
  recall: (facts) => `So far I know this about your trip:\n\n${facts}\n\nTell me what to change.`,
  recallNothing: 'You have not told me about a trip yet. Where shall it go?',
  facts: {place: 'Where', days: 'How long', budget: 'Budget'},
};

const de: Phrases = {
  greeting:
    'Hallo! Ich helfe beim Planen von Städtereisen. Sagen Sie mir, **wohin** es gehen soll, **wie lange** und gern auch Ihr **Budget**.\n\nZum Beispiel: *Drei Tage in Lissabon, ungefähr 600 €.*',
  thanks: (place) => (place ? `Gern geschehen. Viel Freude in **${place}**!` : 'Gern geschehen!'),
  unknown:
    'Ich bin ein kleiner Planer mit festem Drehbuch und habe das nicht verstanden. Ich kann:\n\n- eine Städtereise planen: *„4 Nächte in Tokio, 900 €“*\n- sie umschreiben: *„kürzer“*, *„als Tabelle“*, *„auf Englisch“*\n- Fragen dazu beantworten: *„Was kostet das?“*',
  whereTo: 'Gern. **Welche Stadt** soll es sein, und für wie viele Tage?',
  noNotes: (place) => `Zu **${place}** habe ich keine eigenen Notizen; dies ist ein Gerüst für Ihre Tage, keine Liste von Adressen.`,
  title: (days, place) => `${days} ${days === 1 ? 'Tag' : 'Tage'} in ${place}`,
  intro: (place, area) => `Ein ruhiges Tempo: drei Dinge am Tag, nah beieinander, nichts vor neun Uhr. Wer in **${area}** wohnt, hat fast alles in ${place} in einer halben Stunde.`,
  day: (number) => `Tag ${number}`,
  slots: ['Vormittag', 'Nachmittag', 'Abend'],
  sight: {
    quarter: (name) => `Ohne Plan durch **${name}** schlendern; die Nebenstraßen sind das Schöne.`,
    view: (name) => `Hinauf zu **${name}**, am besten eine Stunde vor Sonnenuntergang.`,
    museum: (name) => `In Ruhe **${name}** besuchen; Zeitfenster vorher online buchen.`,
    market: (name) => `Hungrig ankommen und sich durch **${name}** essen.`,
    church: (name) => `**${name}** früh besuchen, bevor die Gruppen kommen.`,
    park: (name) => `In **${name}** ausruhen, mit etwas vom Bäcker.`,
    palace: (name) => `**${name}** ansehen; der Garten lohnt noch mehr als die Säle.`,
    walk: (name) => `Zu Fuß: **${name}**, etwa anderthalb Stunden.`,
    trip: (name) => `Mit der Bahn hinaus nach **${name}**; vor neun Uhr los.`,
    monument: (name) => `Zuerst **${name}**, mit einer Karte für die erste Stunde des Tages.`,
    evening: (name) => `**${name}**: früh kommen oder einen Tisch bestellen.`,
  },
  generic: {
    quarter: 'Ohne Plan durch die Altstadt schlendern.', view: 'Den höchsten Aussichtspunkt suchen und bis zum Sonnenuntergang bleiben.',
    museum: 'Zuerst ins Stadtmuseum; danach versteht man alles andere besser.', market: 'Mittagessen in der Markthalle.',
    church: 'Früh am Tag in die Hauptkirche oder den Tempel.', park: 'Im größten Park ausruhen.', palace: 'Die alte Residenz ansehen.', monument: 'Das Wahrzeichen früh ansehen, vor den Bussen.',
    walk: 'Am Wasser oder an den alten Mauern entlang.', trip: 'Eine Stunde mit der Regionalbahn hinaus.',
    evening: 'Die Gastgeber fragen, wo sie selbst essen, und dorthin gehen.',
  },
  ticket: (price) => `etwa ${price}`,
  free: 'frei',
  tableHead: ['Tag', 'Vormittag', 'Nachmittag', 'Abend'],
  costsTitle: 'Was es kostet',
  costHead: ['Für eine Person', 'Etwa'],
  costRows: ['Zimmer', 'Essen und Fahrten', 'Eintritte', 'Zusammen'],
  nights: (count) => `${count} ${count === 1 ? 'Nacht' : 'Nächte'}`,
  within: (total, left) => `Das sind etwa **${total}** für eine Person; von Ihrem Budget bleiben **${left}**.`,
  above: (total, over, saving) => `Das sind etwa **${total}** für eine Person, **${over}** mehr als Ihr Budget. ${saving}`,
  saving: 'Am meisten kostet das Zimmer: eine Nacht weniger oder ein einfacheres Haus spart am schnellsten.',
  detail: (dish, transit) => `Mittags *${dish}* suchen, wo die Karte mit der Hand geschrieben ist. Gleich bei der Ankunft \`${transit}\` kaufen: Es lohnt sich ab dem zweiten Tag.`,
  next: 'Soll ich es *kürzer* fassen oder *als Tabelle* zeigen?',
  site: (place, url) => `Öffnungszeiten ändern sich; vorher [auf der Seite von ${place}](${url}) nachsehen.`,
  food: (dish) => `Einmal **${dish}** bestellen.\n\n1. Mittags isst man günstiger: das Tagesmenü nehmen.\n2. Zwei Straßen weg von jedem Platz mit Brunnen.\n3. Für Freitag und Samstag reservieren.`,
  stay: (area, price) => `Ich würde in **${area}** wohnen: nachts ruhig und überallhin nah. Ein gutes einfaches Doppelzimmer kostet etwa **${price}** je Nacht.`,
  transit: (ticket) => `**${ticket}** kaufen und Einzelfahrscheine vergessen:\n\n\`\`\`\nFlughafen -> Zentrum    30 bis 45 Min. mit der Bahn\nim Zentrum              zu Fuß oder 10 bis 15 Min.\nspät am Abend           Sammeltaxi\n\`\`\``,
  packing: '- Eingelaufene Schuhe\n- Etwas Warmes, auch im Sommer: Museen sind kühl\n- Eine leichte Regenjacke\n- Eine Trinkflasche',
  noDetail: (place) => `Dazu habe ich für **${place}** keine Notizen, und eine Adresse erfinden möchte ich nicht.`,
  recall: (facts) => `Das weiß ich bisher über Ihre Reise:\n\n${facts}\n\nWas soll ich ändern?`,
  recallNothing: 'Sie haben mir noch von keiner Reise erzählt. Wohin soll es gehen?',
  facts: {place: 'Wohin', days: 'Wie lange', budget: 'Budget'},
};

export const phrases: Readonly<Record<Language, Phrases>> = {en, de};
