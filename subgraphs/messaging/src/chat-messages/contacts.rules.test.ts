import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { contactSpans, HIDDEN_CONTACT, hideContacts } from './contacts.rules.js';

/** What people write who want to be reached outside, with the part that gives them away in brackets. */
const CONTACTS = [
  'Мой номер [+7 916 123-45-67], звоните',
  'звони [8 (916) 123 45 67]',
  'позвони [89161234567] вечером',
  'пиши [8-9-1-6-1-2-3-4-5-6-7]',
  'номер [8.916.123.45.67]!',
  'тел. [8 9 1 6 1 2 3 4 5 6 7]',
  '[8️⃣9️⃣1️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣]',
  '[８９１６１２３４５６７]',
  'call me [+44 20 7946 0958]',
  'городской [123-45-67]',
  'это [8916\n123\n45\n67]',
  'в [восемь девятьсот шестнадцать сто двадцать три сорок пять шестьдесят семь]',
  'it is [eight nine one six one two three four five six seven]',
  '[8 916 12:34 567]',
  'почта [ivan.petrov@mail.ru].',
  'write to [ivan (at) mail (dot) ru]',
  'почта [ivan собака mail точка ру]',
  'mail: [ivan @ gmail . com]',
  'вот [https://zoom.us/j/123?pwd=abc]',
  'тут [t.me/ivan_petrov] пиши',
  'мой сайт [ivan-tutor.ru]',
  'заходи на [www.example.com]',
  'профиль [vk.com/id12345]',
  'ivan [сайт.рф]'.replace('ivan ', 'мой '),
  'я в телеге [@ivan_petrov]',
  'telegram: [ivanpetrov]',
  'мой тг - [ivanpetrov]',
  'skype [ivan_77]',
  'скайп [live.ivan77]',
  'открой [tg://resolve?domain=ivan]',
];

/** What people write about lessons. */
const HARMLESS = [
  'Давайте в 15:00, 16:00 или 17:30?',
  'Могу 10:00, 11:00, 12:00, 13:00, 14:00',
  'Урок 12.05.2026 с 10:00 до 11:30',
  '12.05.2026 10:00, 13.05.2026 11:00, 14.05.2026 12:00',
  '2026-05-12 10:00',
  'Стоит 2 500 ₽ за час, 10 уроков — 22 500 ₽',
  '1 500 000 000 руб',
  'It is 25,00 € or 1.200,50 EUR for ten',
  '2019, 2020, 2021, 2023',
  'решите номера 120, 121, 122, 123',
  '1 2 3 4 5 6 7 8 9 10',
  'one two three four five six seven eight nine ten',
  'раз два три четыре пять',
  'упр. 12, 15, 18 на стр. 45',
  '2345 * 6789 = 15920205',
  'π ≈ 3,14159265',
  'a) 12  b) 15  c) 18',
  '1. 10:00\n2. 11:00\n3. 12:00\n4. 13:00',
  'I am done.So what is next?',
  'Хорошо.Когда начнём?',
  'т.е. и т.д., напр. так',
  'use Node.js or main.py',
  'у меня есть телеграм канал?',
  'Do you use Zoom or Skype?',
  'в 2 раза больше, чем 3/4',
  'площадь 123 м², скорость 300000 км/с',
  'ответ: 42',
  'Present Perfect vs. Past Simple',
  'e.g. this one',
  'С 9 до 18 по будням, в сб с 10 до 14',
  'Класс 9, ЕГЭ 2026, 86 баллов',
  '100500',
  'встретимся 3 мая в 18.30',
];

const MARKED = /\[([^\]]+)\]/;

describe('contacts in a text', () => {
  test.each(CONTACTS)('%j hides what is in brackets', (marked) => {
    expect(hideContacts(marked.replace(MARKED, '$1'))).toBe(marked.replace(MARKED, HIDDEN_CONTACT));
  });

  test.each(HARMLESS)('%j is shown as it is', (text) => {
    expect(contactSpans(text)).toEqual([]);
  });

  it('stay hidden when the text is treated again', () => {
    for (const marked of CONTACTS) {
      const once = hideContacts(marked);
      expect(hideContacts(once)).toBe(once);
    }
  });

  it('are found however the digits of a number are set apart', () => {
    const between = fc.constantFrom('', ' ', '-', '.', ' - ', ') ', ' (', '_', '  ');
    const number = fc.tuple(
      fc.constantFrom('', 'мой номер ', 'call me: ', 'тел.'),
      fc.constantFrom('8', '+7', '7', '+44', '+1', '0'),
      // Lines of a number, none of which is a year or a row of equal steps.
      fc.array(fc.constantFrom('9', '16', '347', '58', '61'), { minLength: 7, maxLength: 8 }),
      fc.array(between, { minLength: 8, maxLength: 8 }),
    );
    fc.assert(
      fc.property(number, ([before, prefix, groups, gaps]) => {
        const text = before + prefix + groups.map((group, at) => `${gaps[at] ?? ''}${group}`).join('');
        const digits = text.replaceAll(/\D/g, '').length;
        fc.pre(digits >= 10 && digits <= 20 && new Set(groups).size > 2);
        expect(hideContacts(text).replaceAll(/\D/g, '')).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('are not seen in times, dates and prices', () => {
    const two = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => `${n}`.padStart(2, '0'));
    const time = fc.tuple(two(0, 23), two(0, 59)).map(([hour, minute]) => `${hour}:${minute}`);
    const date = fc.tuple(two(1, 28), two(1, 12)).map(([day, month]) => `${day}.${month}.2026`);
    const price = fc.tuple(fc.integer({ min: 1, max: 999 }), two(0, 9)).map(([n, m]) => `${n} ${m}0 ₽`);
    const item = fc.oneof(
      time,
      date,
      price,
      fc.tuple(date, time).map(([day, at]) => `${day} ${at}`),
    );
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(', ', '; ', '\n', ' или ', ' '),
        (items, glue) => {
          expect(contactSpans(`Могу так: ${items.join(glue)}.`)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['1', 'a.', '@', '(', 'a_', '1.', '\n1', 'a @ ', 'www.', 'http://', 'telegram ', 'собака ', 'один '])(
    'are looked for in a time that grows with the text alone: %j',
    (piece) => {
      const spent = (length: number): number => {
        const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
        const start = performance.now();
        contactSpans(text);
        return performance.now() - start;
      };
      // The second look finds everything compiled. Ten times as long a text may take thirty times as long, never a hundred.
      spent(4_000);
      expect(Math.min(spent(4_000), spent(4_000))).toBeLessThan(Math.max(30 * Math.min(spent(400), spent(400)), 300));
    },
  );
});
