/** Variables of a search. */
export interface Search {
  filter?: object;
  orderBy?: string;
  after?: string | null;
}

const subject = (number: number): string => `01900000-0000-7000-8009-${String(number).padStart(12, '0')}`;
const texts = (...all: string[]): Search[] => all.map((text) => ({ filter: { text } }));

/** What front ends ask for, frequent and rare, among what `manyTutors` makes. */
export const searches: readonly { name: string; variants: readonly Search[] }[] = [
  {
    name: 'nothing in particular',
    variants: [{}, { orderBy: 'NEWEST' }, { orderBy: 'EXPERIENCE' }, { orderBy: 'RELEVANCE' }],
  },
  {
    name: 'text',
    variants: texts('математика', 'english', 'репетитор по химии', 'егэ физика', 'chess', 'Анна', 'олимпиад', 'мат'),
  },
  {
    name: 'text with a typing error',
    variants: texts('матиматика', 'englsh', 'fyukbqcrbq', 'matematika', 'програмирование', 'матиматика казань'),
  },
  {
    name: 'subject, price and language',
    variants: [1, 2, 5, 12, 29].flatMap((number) => [
      { filter: { subjectId: subject(number), currency: 'RUB', priceTo: 100_000, language: 'ru' } },
      { filter: { subjectId: subject(number), currency: 'EUR', priceFrom: 1_500, priceTo: 2_500, language: 'lv' } },
    ]),
  },
  {
    name: 'what few fulfil',
    variants: [
      ...['RATING', 'RELEVANCE', 'EXPERIENCE', 'NEWEST', 'PRICE_LOW', 'PRICE_HIGH'].flatMap((orderBy) => [
        { orderBy, filter: { subjectId: subject(1), currency: 'RUB', priceTo: 100_000, language: 'hy' } },
        { orderBy, filter: { subjectId: subject(1), currency: 'RUB', priceFrom: 150_000, priceTo: 150_000 } },
        {
          orderBy,
          filter: { subjectIds: [subject(12), subject(20)], currency: 'RUB', priceTo: 80_000, language: 'ru' },
        },
        { orderBy, filter: { subjectId: subject(29), currency: 'EUR', level: 'ADULT', language: 'en' } },
      ]),
      { filter: { subjectId: subject(1), language: 'hy', city: 'Псков' } },
      { filter: { text: 'математика', subjectId: subject(1), currency: 'EUR', language: 'lv' }, orderBy: 'RATING' },
      { filter: { language: 'hy', level: 'ADULT', ratingAtLeast: 4.9 }, orderBy: 'NEWEST' },
      { filter: { subjectId: subject(2), verified: true } },
      { filter: { verified: true } },
    ],
  },
  {
    name: 'city',
    variants: ['Москва', 'казань', 'Псков', 'Nowhere'].map((city) => ({ filter: { city, format: 'IN_PERSON' } })),
  },
  {
    name: 'price order',
    variants: ['PRICE_LOW', 'PRICE_HIGH'].flatMap((orderBy) => [
      { orderBy, filter: { currency: 'RUB' } },
      { orderBy, filter: { currency: 'EUR', subjectId: subject(1) } },
      { orderBy, filter: { currency: 'RUB', subjectIds: [subject(3), subject(20)], level: 'EXAM' } },
      { orderBy, filter: { currency: 'EUR', priceFrom: 2_000, priceTo: 3_000 } },
      { orderBy, filter: { subjectId: subject(1), language: 'hy' } },
    ]),
  },
  {
    name: 'several at once',
    variants: [
      { filter: { text: 'егэ', subjectId: subject(1), city: 'Москва', currency: 'RUB', priceTo: 150_000 } },
      { filter: { text: 'химия олимпиад', ratingAtLeast: 4.5, language: 'en' }, orderBy: 'RATING' },
      { filter: { text: 'english', city: 'Рига', format: 'ONLINE', currency: 'EUR' }, orderBy: 'PRICE_LOW' },
      { filter: { subjectIds: [subject(7), subject(8)], languages: ['en', 'de'], level: 'ADULT' }, orderBy: 'NEWEST' },
      { filter: { text: 'математика', city: 'Псков', currency: 'KZT', language: 'hy', priceTo: 210_000 } },
    ],
  },
];
