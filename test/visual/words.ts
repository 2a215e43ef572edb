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
    question: 'ابحث لنا عن رحلة إلى لشبونة في الرابع عشر، مقعدان، ليست باكرة جدًا.',
    answer: `هناك رحلتان مناسبتان. تغادر **TAP 533** في *10:40* وهي [الأرخص](https://example.com/).\n\n| الرحلة | المغادرة | السعر |\n|---|---|---|\n| TAP 533 | 10:40 | 212 € |\n| LH 1168 | 13:05 | 240 € |\n\n- حقيبة لكل مسافر\n- مقعدان متجاوران (صف 14)\n\n> الأسعار سارية حتى الظهر.\n\nاستدعِ \`book()\` هكذا:\n\n${code}`,
    other: 'المتأخرة من فضلك، لدي اجتماع في Donaudampfschifffahrtsgesellschaft.',
    second: 'وفندق قرب النهر؟',
    streaming: 'هناك ثلاثة قرب النهر. أهدؤها هو',
    noSeats: 'لم يبق مقعدان متجاوران.',
    source: 'جدول رحلات مطار لشبونة',
    city: 'لشبونة',
    book: 'احجز المتأخرة.',
    booking: 'يمكنني حجزها الآن.',
    note: 'السعر سارٍ حتى الظهر. لا يمكن استرداده.',
    tooDear: 'غالية جدًا',
    modelFailed: 'أجاب النموذج بالرمز 529.',
    tryAgain: 'حاول مرة أخرى بعد قليل.',
    refused: 'لا يسمح الرمز بالنشر في هذه القناة.',
    askAdmin: 'اطلب الصلاحية «publish».',
    help: 'اسأل المخطِّط',
    starters: ['خطِّط لعطلة في لشبونة', 'كيف حال الطقس؟', 'قارن بين رحلتين'],
    tasks: ['تخطيط الرحلة', 'البحث عن رحلات جوية', 'في الرابع عشر', 'البحث عن غرف', 'قراءة ما كتبته', 'الاتصال بالفندق', 'لم يُجب أحد.'],
  },
};
