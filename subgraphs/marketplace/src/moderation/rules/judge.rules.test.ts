import { describe, expect, it } from 'vitest';
import { REVIEW_TEXTS, TUTOR_TEXTS } from '../../demo/content/library.js';
import { REVIEW_PHRASES } from '../../demo/content/review-phrases.js';
import { judgeLocally } from './judge.rules.js';

/** Texts by what the surest finding must be. */
const HELD: Record<string, readonly string[]> = {
  'contacts/phone': [
    '+7 916 123-45-67',
    'Звоните 8 (916) 123 45 67',
    '89161234567',
    '8.916.123.45.67',
    '8 9 1 6 1 2 3 4 5 6 7',
    'тел. 123-45-67',
    'Мой номер 916-123-45-67',
    '8 9I6 I23 45 67',
    '+7 (9l6) 123–45–67',
    '8 91б 123 45 67',
    '＋７９１６１２３４５６７',
    'восемь девять один шесть один два три четыре пять шесть семь',
    'восемь девятьсот шестнадцать сто двадцать три сорок пять шестьдесят семь',
    'Call me: 020 7946 0958',
    '+44 20 7946 0958',
    'plus four four, seven nine one one, one two three four five six',
    'My number is 555-0142-77',
    '8_916_123_45_67',
    '8*916*123*45*67',
    'восемь 916 сто двадцать три 45 67, вот так',
  ],
  'contacts/email': [
    'ivan.petrov@example.com',
    'ivan @ mail . ru',
    'ivan собака mail.ru',
    'ivan (at) example (dot) com',
    'ivan at example dot com',
    'Почта: ivan [at] gmail.com',
    'ивaн@яндекс.рф',
    'пишите ivanov собака яндекс',
    'ivan собачка gmail точка com',
    'petrova эт yandex точка ru',
  ],
  'contacts/messenger': [
    '@ivan_petrov',
    'Ищите @ivanpetrov',
    't.me/ivanpetrov',
    'т.ме/ivanpetrov',
    'telegram: ivanpetrov',
    'Find me on Instagram',
    'my VK: ivan.petrov',
    'Напишите мне в телеграм',
    'Пишите в ватсап, там дешевле',
    'Найдите меня в вк',
    'Мой тг - ivanpetrov',
    'skype: live:ivan.petrov',
    'Skype ivan_petrov84',
    'wa.me/79161234567',
    'Add me on Discord',
    'message me on WhatsApp',
    'Text me via Telegram, it is cheaper',
    'Добавляйтесь в скайп',
    'В инсте отвечаю быстрее',
    'телегра\u200Bм: ivan_p',
  ],
  'contacts/link': [
    'https://example.com/tutor',
    'www.example.com',
    'мой-сайт.рф',
    'repetitor.ru',
    'Смотрите bit.ly/2abcd',
    'example точка ru',
    'example [dot] com',
    'Отзывы на otzyvy-repetitor.com',
    'h t t p : // no, https : / / example',
    'youtu.be/dQw4w9WgXcQ',
  ],
  'language/profanity': [
    'Полный пиздец',
    'Иди нахуй',
    'х у й',
    'с.у.к.а',
    'cyka',
    'xyй',
    'суууука',
    'б*л*я*т*ь какой урок',
    'бл**ь, а не учитель',
    'ебaный учитель',
    'п1здец',
    'мудак',
    'Му-дак!',
    'заебал уже',
    'долбоёб',
    'х*йня',
    'ОХУЕННО',
    'педики',
    'fuck this',
    'f u c k',
    'f.u.c.k',
    'fuuuuuck',
    'fuсk', // with a Cyrillic с
    'sh1t',
    'b1tch',
    '$hit lesson',
    'f**k off',
    'bullshit',
    'an arsehole of a teacher',
    'wh0re',
    'What an asshole',
    'motherfucker',
    'suka blyat',
    'pizdec',
    'c*nt',
    'dickhead',
    'жопа',
    'говно, а не урок',
    'гoвнo',
    'на хер',
    'ху\u00ADйня',
    'б л я т ь',
  ],
  'language/insult': [
    'Она дебил',
    'Ты ублюдок',
    'мразь',
    'кретин какой-то',
    'придурки',
    'чмо',
    'pathetic imbecile',
    'You bastard',
    'an utter moron',
    'scumbag',
    'д е б и л',
  ],
};

/** Published, and staff looks. */
const QUEUED: readonly string[] = [
  'Сама дура',
  'Идиот, а не преподаватель',
  'Это мошенники',
  'What an idiot',
  'A scam from start to end',
  'Стоит 123-45-67',
  'Есть gmail',
  'Тварь дрожащая или право имею',
];

/** Nothing to say against. */
const CLEAN: readonly string[] = [
  // Parts of words are no words.
  'Scunthorpe and Penistone are towns',
  'Essex, Sussex and Middlesex',
  'The class assessed an assignment on assassins',
  'Cocktails, peacocks and Hitchcock',
  'Charles Dickens and Moby Dick',
  'A shiitake mushroom and Matsushita',
  'Therapist, analysis, title and constitution',
  'Fire retardant foam',
  'Niggardly once meant stingy; Nigeria and Niger are countries',
  'Grape, drape and scrape',
  'She plays the bass in a brass band, with class',
  'Pass the exam, embarrass nobody',
  'Mishit, cuckoo and buckwheat',
  'Sukarno was president of Indonesia',
  'Fukuoka and Fukushima',
  'Shuttle, shift and shirt',
  'Сукно, сук и сучковатая ветка',
  'Не оскорблять и не употреблять',
  'Потребитель платит рубля три',
  'Корабля и сабля, грабли и дубляж',
  'Команда, мандарин и мандат',
  'Художник рисует худого хулигана',
  'Тихую, сухую и плохую погоду',
  'Страхуют, психуют, рифмуют',
  'Учебный хлеб, небо и серебро',
  'Требует терпения, погреб и жеребёнок',
  'Победа и перебежать дорогу',
  'Мудрый педагог с педикюром',
  'Педикюр и педиатр',
  'Херсон, Херсонес и херувим',
  'Лохматый пёс, лохань и всполохи',
  'Сравнить сразу после сражения',
  'Срочно, среда, середина',
  'Говорить, говор и уговор',
  'Жоржетта жонглирует',
  'Дебют, дебаты и дебри',
  'Тупой угол больше прямого',
  'Рассудок и сутки',
  'Бляха на ремне',
  'Облако, яблоня, блямба',
  'Ребёнок ел бублик',
  'Хачатурян и хачапури',
  'Жидкость кипит',
  'Мразматика нет, есть маразм у Гоголя',
  // Figures that nobody calls.
  'Преподаю с 2005 по 2023 год',
  'Курсы 2010–2015, 2016–2019, 2020–2021',
  'Экзамены 12.05.2021 и 14.06.2022, повтор 20.06.2022',
  'Баллы: 98, 100, 87, 94, 100, 91',
  'IELTS 8.5 (9.0 8.5 8.0 8.5)',
  'Пробник вырос с 62 до 81 балла за 3 месяца',
  'Занятия в 9:00, 10:30, 12:00 и 14:30',
  'Считает один, два, три, четыре, пять, шесть, семь, восемь',
  'He counts one two three four five six seven eight nine ten',
  'Стоит 2 500 рублей за 60 минут, 10 уроков — 22 500',
  '1000 слов за 90 дней, 5 тестов по 40 вопросов',
  'Число 3,14159 и 2,71828',
  'Rated 5 out of 5 by 120 students in 2024',
  'One or two lessons a week, three before the exam',
  // Words around contacts that are none.
  'Занимаемся по скайпу и в зуме',
  'Lessons by Skype or Zoom',
  'Домашние задания проверяет в телеграме',
  'Учит писать на Java: @Override, @Autowired и @Test',
  'Python: @property and @dataclass',
  'ASP.NET, Node.js и Vue.js',
  'C++, C# и F#, и т.д. и т.п.',
  'Рассказывали про свою собаку целый час',
  'We met at school and looked at examples',
  'Точка зрения автора, точка в конце',
  'The dot product and the cross product',
  'Очень хорошо.Спасибо',
  'Всё понравилось!Рекомендую',
  'e.g. past papers, i.e. old exams',
  'Отвечает на вопросы сразу, пишет подробно',
  'Уверенно звонит в колокол знаний',
  'Чётко объясняет, почему 2 * 3 = 6 и a*b*c = abc',
  'Сам(а) проверяет, он/она молодец',
  'Тг альфа равен 2',
];

function demoTexts(): string[] {
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
  };
  return strings([REVIEW_PHRASES, REVIEW_TEXTS, TUTOR_TEXTS]);
}

describe('the local rules', () => {
  const held = Object.entries(HELD).flatMap(([category, texts]) => texts.map((text) => [category, text] as const));

  it.each(held)('find %s and hold back: %s', (category, text) => {
    const { advice, findings } = judgeLocally({ text });
    expect(findings.filter(({ confidence }) => confidence >= 0.8).map((finding) => finding.category)).toContain(
      category,
    );
    expect(advice).toBe('HOLD');
  });

  it.each(QUEUED)('publish and queue: %s', (text) => {
    expect(judgeLocally({ text })).toMatchObject({ advice: 'QUEUE', heldFields: [] });
  });

  it.each(CLEAN)('have nothing against: %s', (text) => {
    expect(judgeLocally({ text }).findings).toEqual([]);
  });

  it('have nothing against anything that people of the demo say', () => {
    const texts = demoTexts();
    expect(texts.length).toBeGreaterThan(500);
    expect(texts.filter((text) => judgeLocally({ text }).advice !== 'CLEAN')).toEqual([]);
  });

  it('have enough to be measured by', () => {
    const isRussian = (text: string): boolean => /[а-я]/i.test(text);
    const positives = held.map(([, text]) => text);
    for (const texts of [positives, CLEAN]) {
      expect(texts.length).toBeGreaterThanOrEqual(60);
      expect(texts.filter(isRussian).length).toBeGreaterThanOrEqual(25);
      expect(texts.filter((text) => !isRussian(text)).length).toBeGreaterThanOrEqual(25);
    }
  });

  it('say which field is at fault, and nothing of what is empty', () => {
    const judged = judgeLocally({ headline: 'Patient', biography: 'Call +44 20 7946 0958', education: null });
    expect(judged.heldFields).toEqual(['biography']);
  });

  it('see what is held apart by many spaces', () => {
    const gap = ' '.repeat(40);
    for (const text of [`8 916${gap}123${gap}45 67`, `ivanov${gap}собака${gap}mail${gap}точка${gap}ru`]) {
      expect(judgeLocally({ text }).advice).not.toBe('CLEAN');
    }
  });

  it('end soon, whatever they are given', () => {
    for (const unit of ['8 ', 'a.', 'х у ', '@a ', 'один ', 'х*', '1.1 ', 'a-', '(dot)']) {
      expect(judgeLocally({ text: unit.repeat(5_000 / unit.length) }).findings.length).toBeLessThan(8);
    }
  });
});
