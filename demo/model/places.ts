/** What there is to do, by kind: the writer has a sentence for each kind in each language. */
export type SightKind = 'quarter' | 'view' | 'museum' | 'market' | 'church' | 'park' | 'palace' | 'monument' | 'walk' | 'trip' | 'evening';

export interface Sight {
  readonly name: string;
  readonly kind: SightKind;
  /** Ticket for one adult, in euros. */
  readonly euros: number;
}

export interface Place {
  readonly name: string;
  readonly germanName: string;
  /** How else people write it, in lower case. */
  readonly aliases: readonly string[];
  /** What one person spends a day besides the room, in euros. */
  readonly dailyEuros: number;
  /** A modest double room, in euros a night. */
  readonly roomEuros: number;
  readonly areaToStay: string;
  readonly dish: string;
  /** The ticket to get for getting around. */
  readonly transit: string;
  readonly site: string;
  /** Best ones first; three make a day. */
  readonly sights: readonly Sight[];
}

const sight = (kind: SightKind, name: string, euros = 0): Sight => ({name, kind, euros});

/** Rounded figures, good enough for a first plan. */
export const places: readonly Place[] = [
  {
    name: 'Lisbon', germanName: 'Lissabon', aliases: ['lisbon', 'lissabon', 'lisboa'],
    dailyEuros: 65, roomEuros: 110, areaToStay: 'Graça', dish: 'bacalhau à Brás', transit: 'Navegante', site: 'https://www.visitlisboa.com',
    sights: [
      sight('quarter', 'Alfama'), sight('view', 'Miradouro da Graça'), sight('evening', 'Fado in Mouraria', 25),
      sight('church', 'Mosteiro dos Jerónimos', 18), sight('museum', 'MAAT', 11), sight('market', 'Mercado de Campo de Ourique'),
      sight('trip', 'Sintra', 25), sight('palace', 'Palácio da Pena', 20), sight('walk', 'Cabo da Roca'),
      sight('museum', 'Museu Nacional do Azulejo', 8), sight('quarter', 'LX Factory'), sight('view', 'Miradouro de Santa Catarina'),
      sight('park', 'Jardim da Estrela'), sight('museum', 'Gulbenkian', 14), sight('evening', 'Cais do Sodré'),
    ],
  },
  {
    name: 'Porto', germanName: 'Porto', aliases: ['porto', 'oporto'],
    dailyEuros: 60, roomEuros: 95, areaToStay: 'Cedofeita', dish: 'francesinha', transit: 'Andante', site: 'https://visitporto.travel',
    sights: [
      sight('quarter', 'Ribeira'), sight('walk', 'Ponte Luís I'), sight('evening', 'Port cellars in Gaia', 20),
      sight('church', 'Igreja de São Francisco', 10), sight('market', 'Mercado do Bolhão'), sight('view', 'Torre dos Clérigos', 8),
      sight('museum', 'Serralves', 20), sight('park', 'Jardins do Palácio de Cristal'), sight('walk', 'Foz do Douro'),
      sight('trip', 'Douro valley', 60), sight('palace', 'Palácio da Bolsa', 12), sight('evening', 'Galerias de Paris'),
    ],
  },
  {
    name: 'Barcelona', germanName: 'Barcelona', aliases: ['barcelona'],
    dailyEuros: 80, roomEuros: 140, areaToStay: 'Gràcia', dish: 'fideuà', transit: 'T-usual', site: 'https://www.barcelonaturisme.com',
    sights: [
      sight('church', 'Sagrada Família', 26), sight('quarter', 'Gràcia'), sight('view', 'Bunkers del Carmel'),
      sight('quarter', 'El Born'), sight('museum', 'Museu Picasso', 14), sight('market', 'Mercat de Santa Caterina'),
      sight('park', 'Park Güell', 13), sight('museum', 'Fundació Joan Miró', 15), sight('evening', 'Tapas in Poble-sec', 25),
      sight('trip', 'Montserrat', 35), sight('walk', 'Barceloneta'), sight('palace', 'Palau de la Música', 18),
    ],
  },
  {
    name: 'Paris', germanName: 'Paris', aliases: ['paris'],
    dailyEuros: 95, roomEuros: 160, areaToStay: 'the 11th arrondissement', dish: 'confit de canard', transit: 'Navigo Easy', site: 'https://parisjetaime.com',
    sights: [
      sight('museum', "Musée d'Orsay", 16), sight('walk', 'Quais de Seine'), sight('quarter', 'Le Marais'),
      sight('church', 'Sainte-Chapelle', 13), sight('museum', 'Louvre', 22), sight('park', 'Jardin du Luxembourg'),
      sight('quarter', 'Montmartre'), sight('market', "Marché d'Aligre"), sight('view', 'Parc de Belleville'),
      sight('trip', 'Versailles', 24), sight('palace', 'Petit Trianon', 12), sight('evening', 'Canal Saint-Martin'),
    ],
  },
  {
    name: 'Rome', germanName: 'Rom', aliases: ['rome', 'rom', 'roma'],
    dailyEuros: 80, roomEuros: 130, areaToStay: 'Monti', dish: 'cacio e pepe', transit: 'Roma 72H', site: 'https://www.turismoroma.it',
    sights: [
      sight('monument', 'Colosseo', 18), sight('walk', 'Foro Romano'), sight('quarter', 'Monti'),
      sight('museum', 'Musei Vaticani', 20), sight('church', 'San Pietro'), sight('evening', 'Trastevere'),
      sight('museum', 'Galleria Borghese', 15), sight('park', 'Villa Borghese'), sight('view', 'Terrazza del Pincio'),
      sight('market', 'Mercato Testaccio'), sight('walk', 'Via Appia Antica'), sight('trip', 'Tivoli', 25),
    ],
  },
  {
    name: 'Berlin', germanName: 'Berlin', aliases: ['berlin'],
    dailyEuros: 70, roomEuros: 115, areaToStay: 'Prenzlauer Berg', dish: 'Königsberger Klopse', transit: 'AB day ticket', site: 'https://www.visitberlin.de',
    sights: [
      sight('museum', 'Neues Museum', 14), sight('walk', 'Unter den Linden'), sight('view', 'Reichstag dome'),
      sight('walk', 'East Side Gallery'), sight('quarter', 'Kreuzberg'), sight('market', 'Markthalle Neun'),
      sight('park', 'Tempelhofer Feld'), sight('museum', 'Hamburger Bahnhof', 16), sight('evening', 'Philharmonie', 30),
      sight('trip', 'Potsdam', 15), sight('palace', 'Sanssouci', 14), sight('quarter', 'Prenzlauer Berg'),
    ],
  },
  {
    name: 'Tokyo', germanName: 'Tokio', aliases: ['tokyo', 'tokio'],
    dailyEuros: 75, roomEuros: 105, areaToStay: 'Yanaka', dish: 'tsukemen', transit: 'Suica', site: 'https://www.gotokyo.org',
    sights: [
      sight('church', 'Sensō-ji'), sight('quarter', 'Yanaka'), sight('museum', 'Tokyo National Museum', 6),
      sight('park', 'Meiji Jingū'), sight('quarter', 'Shimokitazawa'), sight('view', 'Shibuya Sky', 15),
      sight('market', 'Tsukiji outer market'), sight('walk', 'Hama-rikyū', 2), sight('evening', 'Golden Gai', 20),
      sight('trip', 'Kamakura', 15), sight('museum', 'Nezu Museum', 9), sight('walk', 'Kagurazaka'),
    ],
  },
  {
    name: 'New York', germanName: 'New York', aliases: ['new york', 'nyc', 'manhattan'],
    dailyEuros: 110, roomEuros: 210, areaToStay: 'Long Island City', dish: 'a pastrami sandwich', transit: 'OMNY', site: 'https://www.nyctourism.com',
    sights: [
      sight('walk', 'The High Line'), sight('museum', 'Whitney Museum', 28), sight('quarter', 'Greenwich Village'),
      sight('park', 'Central Park'), sight('museum', 'The Met', 28), sight('evening', 'Jazz at Smalls', 25),
      sight('walk', 'Brooklyn Bridge'), sight('quarter', 'DUMBO'), sight('view', 'Brooklyn Heights Promenade'),
      sight('trip', 'Governors Island', 5), sight('market', 'Chelsea Market'), sight('museum', 'Tenement Museum', 30),
    ],
  },
];

/** A plan for a place that there are no notes on: kinds of things that nearly every town has. */
export function unknownPlace(name: string): Place {
  return {
    name, germanName: name, aliases: [name.toLowerCase()],
    dailyEuros: 75, roomEuros: 110, areaToStay: '', dish: '', transit: '', site: '',
    sights: [
      sight('quarter', ''), sight('market', ''), sight('view', ''),
      sight('museum', '', 12), sight('park', ''), sight('evening', '', 20),
      sight('walk', ''), sight('church', '', 5), sight('trip', '', 25),
    ],
  };
}
