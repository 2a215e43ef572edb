/** What is said in the pictures, in a language that is written from left to right and in one that is not. */
export interface Words {
  readonly question: string;
  readonly answer: string;
  readonly other: string;
  readonly second: string;
  readonly streaming: string;
  readonly noSeats: string;
  readonly source: string;
  readonly city: string;
  readonly book: string;
  readonly booking: string;
  readonly note: string;
  readonly tooDear: string;
  readonly modelFailed: string;
  readonly tryAgain: string;
  readonly refused: string;
  readonly askAdmin: string;
  readonly help: string;
  readonly starters: readonly string[];
  readonly tasks: readonly [string, string, string, string, string, string, string];
}

const code = '```ts\nconst nights: number = 3; // three\nbook(\'LIS\', nights);\n```';

export const words: Readonly<Record<'ltr' | 'rtl', Words>> = {
  ltr: {
    question: 'Find us a flight to Lisbon on the 14th, two seats, not too early.',
    answer: `Two flights suit you. **TAP 533** leaves at *10:40* and is the [cheaper](https://example.com/) one.\n\n| Flight | Leaves | Price |\n|---|---|---|\n| TAP 533 | 10:40 | 212 € |\n| LH 1168 | 13:05 | 240 € |\n\n- one bag each\n- seats together\n\n> Prices hold until noon.\n\n${code}`,
    other: 'The later one, please, I have a meeting at Donaudampfschifffahrtsgesellschaft.',
    second: 'And a hotel near the river?',
    streaming: 'There are three near the river. The quietest of them is',
    noSeats: 'No two seats together are left.',
    source: 'Timetable of Lisbon airport',
    city: 'Lisbon',
    book: 'Book the later one.',
    booking: 'I can book it now.',
    note: 'The price holds until noon. It cannot be given back.',
    tooDear: 'Too dear',
    modelFailed: 'The model answered 529.',
    tryAgain: 'Try again in a moment.',
    refused: 'The token may not publish on this channel.',
    askAdmin: 'Ask for the capability “publish”.',
    help: 'Ask the planner',
    starters: ['Plan a weekend in Lisbon', 'What is the weather like?', 'Compare two flights for me'],
    tasks: ['Planning the trip', 'Finding flights', 'On the 14th', 'Finding rooms', 'Reading what you wrote', 'Calling the hotel', 'Nobody answered.'],
  },
  rtl: {
    question: 'מצא לנו טיסה לליסבון ב-14, שני מושבים, לא מוקדם מדי.',
    answer: `שתי טיסות מתאימות. **TAP 533** יוצאת ב-*10:40* והיא [הזולה](https://example.com/) יותר.\n\n| טיסה | יציאה | מחיר |\n|---|---|---|\n| TAP 533 | 10:40 | 212 € |\n| LH 1168 | 13:05 | 240 € |\n\n- מזוודה לכל אחד\n- מושבים צמודים\n\n> המחיר תקף עד הצהריים.\n\n${code}`,
    other: 'המאוחרת יותר בבקשה, יש לי פגישה.',
    second: 'ומלון ליד הנהר?',
    streaming: 'יש שלושה ליד הנהר. השקט מביניהם הוא',
    noSeats: 'לא נותרו שני מושבים צמודים.',
    source: 'לוח הזמנים של נמל התעופה',
    city: 'ליסבון',
    book: 'הזמן את המאוחרת.',
    booking: 'אפשר להזמין עכשיו.',
    note: 'המחיר תקף עד הצהריים.',
    tooDear: 'יקר מדי',
    modelFailed: 'המודל ענה 529.',
    tryAgain: 'נסה שוב בעוד רגע.',
    refused: 'האסימון אינו רשאי לפרסם בערוץ.',
    askAdmin: 'בקש הרשאת פרסום.',
    help: 'שאל את המתכנן',
    starters: ['תכנן סוף שבוע בליסבון', 'מה מזג האוויר?', 'השווה שתי טיסות'],
    tasks: ['מתכנן את הטיול', 'מחפש טיסות', 'ב-14', 'מחפש חדרים', 'קורא', 'מתקשר למלון', 'איש לא ענה.'],
  },
};
