/** Subjects, the most taught first. */
const SUBJECTS: readonly (readonly [string, string])[] = [
  ['Mathematics', 'Математика'],
  ['English', 'Английский язык'],
  ['Russian', 'Русский язык'],
  ['Physics', 'Физика'],
  ['Chemistry', 'Химия'],
  ['Programming', 'Программирование'],
  ['Biology', 'Биология'],
  ['Social studies', 'Обществознание'],
  ['History', 'История'],
  ['Computer science', 'Информатика'],
  ['German', 'Немецкий язык'],
  ['Piano', 'Фортепиано'],
  ['French', 'Французский язык'],
  ['Guitar', 'Гитара'],
  ['Spanish', 'Испанский язык'],
  ['Literature', 'Литература'],
  ['Drawing', 'Рисование'],
  ['Chinese', 'Китайский язык'],
  ['Geography', 'География'],
  ['Singing', 'Вокал'],
  ['Italian', 'Итальянский язык'],
  ['Economics', 'Экономика'],
  ['Chess', 'Шахматы'],
  ['Speech therapy', 'Логопедия'],
  ['Statistics', 'Статистика'],
  ['Japanese', 'Японский язык'],
  ['Astronomy', 'Астрономия'],
  ['Violin', 'Скрипка'],
  ['Latvian', 'Латышский язык'],
  ['Philosophy', 'Философия'],
];

const CITIES = [
  ...['Москва', 'Санкт-Петербург', 'Новосибирск', 'Екатеринбург', 'Казань', 'Нижний Новгород', 'Краснодар', 'Самара'],
  ...['Минск', 'Алматы', 'Уфа', 'Рига', 'Воронеж', 'Пермь', 'Ереван', 'Тбилиси', 'Berlin', 'London', 'Тула', 'Псков'],
];
const NAMES = [
  ...['Анна', 'Мария', 'Елена', 'Ольга', 'Наталья', 'Дмитрий', 'Алексей', 'Сергей', 'Иван', 'Павел', 'Ирина', 'Юлия'],
  ...['Kate', 'John', 'Emma', 'Oliver', 'Tatiana', 'Viktor', 'Светлана', 'Ксения', 'Роман', 'Галина', 'Artem', 'Alice'],
];
const HEADLINES = [
  ...['Терпеливо и понятно', 'Готовлю к ЕГЭ и ОГЭ', 'Спокойно объясняю трудное', 'Patient and well prepared'],
  ...[
    'Exam preparation without stress',
    'С нуля до уверенного уровня',
    'Занятия для детей и взрослых',
    'From zero to fluent',
  ],
];
const SENTENCES = [
  'Преподаю больше десяти лет, работаю и со школьниками, и со студентами.',
  'Сначала разбираем ошибки, затем решаем задачи вместе, и только потом самостоятельно.',
  'Мои ученики поступают в лучшие университеты страны и возвращаются с благодарностью.',
  'I explain every step and give homework which takes no more than an hour.',
  'My lessons are calm, structured and adapted to the pace of each student.',
  'Занятия проходят онлайн на виртуальной доске, материалы остаются у ученика.',
  'Помогаю с олимпиадами, контрольными работами и подготовкой к вступительным экзаменам.',
  'I have taught in schools and universities, and I love questions more than answers.',
  'Использую современные учебники, тренажёры и задания из открытых банков.',
  'После каждого занятия родители получают краткий отчёт о том, что удалось.',
];
const LANGUAGES = ['en', 'de', 'fr', 'es', 'kk', 'be', 'lv', 'zh', 'it', 'hy'];

const CURRENCY = `case when n % 20 < 14 then 'RUB' when n % 20 < 17 then 'EUR' when n % 20 < 19 then 'USD' else 'KZT' end`;

/** Statements that fill the market with so many tutors, the same each time; what is frequent is so as in a real market. */
export function manyTutors(count: number): string[] {
  return [
    'alter table marketplace.tutors disable trigger user',
    'alter table marketplace.offerings disable trigger user',
    'alter table marketplace.tutor_cards disable trigger tutor_card_written',
    `insert into marketplace.subjects (id, slug, name_en, name_ru, created_at, updated_at)
       select ${idOf('9', 'n')}, 'many-' || n, names.en, names.ru, now(), now()
       from unnest(${list(SUBJECTS.map(([en]) => en))}, ${list(SUBJECTS.map(([, ru]) => ru))})
         with ordinality as names (en, ru, n)`,
    `insert into marketplace.tutors (id, user_id, display_name, headline, biography, education, city, currency, languages,
         formats, experience_years, rating_sum, review_count, hidden_at, created_at, updated_at)
       select ${idOf('8', 'n')}, ${idOf('8', 'n')}, ${pick(NAMES, 'name')} || ' ' || chr(1040 + ${draw('letter')} % 30) || '.',
         ${pick(HEADLINES, 'headline')},
         ${pick(SENTENCES, 'first')} || ' ' || ${pick(SENTENCES, 'second')} || ' ' || ${pick(SENTENCES, 'third')}
           || ' Код анкеты ' || to_hex(n * 7919) || '.',
         case when n % 3 = 0 then 'МГУ, кафедра методики' end,
         case when n % 7 > 0 then ${pick(CITIES, 'city')} end,
         ${CURRENCY},
         case when n % 5 = 0 then array[${pick(LANGUAGES, 'language')}] else array['ru', ${pick(LANGUAGES, 'language')}] end,
         case when n % 7 = 0 or n % 3 = 0 then '{ONLINE}'::text[] else '{ONLINE,IN_PERSON}'::text[] end,
         ${draw('experience')} % 30, reviews * 3 + ${draw('stars')} % (reviews * 2 + 1), reviews,
         case when n % 25 = 0 then now() end,
         timestamptz '2026-01-01' - make_interval(secs => ${draw('age')} % 60000000), now()
       from (select n, case when n % 5 < 2 then 0 else (${frequent(60, 'reviews')}) end as reviews
               from generate_series(1, ${count}) as n) many`,
    `insert into marketplace.offerings (id, tutor_id, subject_id, levels, rate_minor, created_at, updated_at)
       select gen_random_uuid(), ${idOf('8', 'n')}, ${idOf('9', 'subject')}, case n % 3 when 0 then '{EXAM,ADULT}'::text[]
           when 1 then '{PRIMARY_SCHOOL,SECONDARY_SCHOOL}'::text[] else '{SECONDARY_SCHOOL,EXAM,UNIVERSITY}'::text[] end,
         case when n % 20 < 14 then 500 + 100 * (${draw('price')} % 36) when n % 20 < 19 then 10 + ${draw('price')} % 60
           else 2000 + 100 * (${draw('price')} % 100) end * 100, now(), now()
       from (select distinct n, 1 + (${frequent(SUBJECTS.length, 'subject')}) as subject
               from generate_series(1, ${count}) as n, generate_series(1, 1 + n % 4) as k) many`,
    'alter table marketplace.tutors enable trigger user',
    'alter table marketplace.offerings enable trigger user',
    ...Array.from({ length: Math.ceil(count / 10_000) }, (_, part) => {
      const numbers = `generate_series(${part * 10_000 + 1}, ${(part + 1) * 10_000})`;
      return `select marketplace.write_tutor_cards(array(select ${idOf('8', 'n')} from ${numbers} as n))`;
    }),
    'alter table marketplace.tutor_cards enable trigger tutor_card_written',
    'vacuum analyze marketplace.tutor_cards, marketplace.subject_cards',
    'analyze marketplace.tutors, marketplace.offerings, marketplace.subjects, marketplace.search_words',
  ];
}

/** A statement that gives the ids of so many of them. */
export function manyTutorsIn(count: number): string {
  return `select ${idOf('8', 'n')} as id from generate_series(1, ${count}) as n`;
}

function list(texts: readonly string[]): string {
  return `array[${texts.map((text) => `'${text}'`).join(', ')}]`;
}

function idOf(kind: string, number: string): string {
  return `('01900000-0000-7000-800${kind}-' || lpad((${number})::text, 12, '0'))::uuid`;
}

/** A number that has to do with nothing but `n` and what it is for. */
function draw(what: string): string {
  return `(hashtext(n || '${what}') & 2147483647)`;
}

function pick(texts: readonly string[], what: string): string {
  return `(${list(texts)})[1 + ${frequent(texts.length, what)}]`;
}

/** From 0 on; the first are far more frequent than the last. */
function frequent(count: number, what: string): string {
  const varied = what === 'subject' ? `(hashtext(n || '${what}' || k) & 2147483647)` : draw(what);
  return `floor(power(${varied} / 2147483648.0, 2) * ${count})::int`;
}
