import type { DemoLevel, SubjectKey } from './content.js';

/** A subject of the market, with what the generator has to know about it. */
export interface SubjectFacts {
  slug: SubjectKey;
  name: { ru: string; en: string };
  /** Inside a sentence: Russian accusative, genitive and dative, and English. */
  inside: { acc: string; gen: string; dat: string; en: string };
  levels: readonly DemoLevel[];
  /** How many of a hundred orders ask for it. */
  demand: number;
  /** What an hour costs to an hour of an average subject. */
  price: number;
}

const SCHOOL: readonly DemoLevel[] = ['PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'];
const UPPER_SCHOOL: readonly DemoLevel[] = ['SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'];

const ENGLISH_NAMES: Partial<Record<SubjectKey, string>> = {
  mathematics: 'Mathematics',
  chinese: 'Chinese (Mandarin)',
  piano: 'Piano',
  guitar: 'Guitar',
};

/** Every subject of the demo, the most wanted first. */
export const SUBJECTS: readonly SubjectFacts[] = [
  subject('mathematics', 'Математика', 'математику/математики/математике', 'maths', SCHOOL, [20, 1]),
  subject('english', 'Английский язык', 'английский/английского/английскому', 'English', SCHOOL, [22, 1.05]),
  subject(
    'programming',
    'Программирование',
    'программирование/программирования/программированию',
    'programming',
    UPPER_SCHOOL,
    [8, 1.45],
  ),
  subject('russian', 'Русский язык', 'русский язык/русского языка/русскому языку', 'Russian', SCHOOL, [7, 0.92]),
  subject('physics', 'Физика', 'физику/физики/физике', 'physics', UPPER_SCHOOL, [8, 1.05]),
  subject('chemistry', 'Химия', 'химию/химии/химии', 'chemistry', UPPER_SCHOOL, [5, 1.05]),
  subject('biology', 'Биология', 'биологию/биологии/биологии', 'biology', UPPER_SCHOOL, [4, 0.98]),
  subject(
    'social-studies',
    'Обществознание',
    'обществознание/обществознания/обществознанию',
    'social studies',
    UPPER_SCHOOL,
    [4, 0.92],
  ),
  subject('informatics', 'Информатика', 'информатику/информатики/информатике', 'computer science', SCHOOL, [5, 1.15]),
  subject('history', 'История', 'историю/истории/истории', 'history', UPPER_SCHOOL, [3, 0.9]),
  subject('german', 'Немецкий язык', 'немецкий/немецкого/немецкому', 'German', SCHOOL, [4, 1.05]),
  subject('french', 'Французский язык', 'французский/французского/французскому', 'French', SCHOOL, [3, 1.08]),
  subject('spanish', 'Испанский язык', 'испанский/испанского/испанскому', 'Spanish', SCHOOL, [3, 1.05]),
  subject('chinese', 'Китайский язык', 'китайский/китайского/китайскому', 'Mandarin', SCHOOL, [3, 1.3]),
  subject('piano', 'Фортепиано', 'фортепиано/фортепиано/фортепиано', 'the piano', SCHOOL, [3, 1.12]),
  subject('guitar', 'Гитара', 'игру на гитаре/игры на гитаре/игре на гитаре', 'the guitar', SCHOOL, [3, 0.95]),
];

function subject(
  slug: SubjectKey,
  ru: string,
  russianCases: string,
  en: string,
  levels: readonly DemoLevel[],
  [demand, price]: [number, number],
): SubjectFacts {
  const [acc = '', gen = '', dat = ''] = russianCases.split('/');
  const name = { ru, en: englishName(slug, en) };
  return { slug, name, inside: { acc, gen, dat, en }, levels, demand, price };
}

function englishName(slug: SubjectKey, inside: string): string {
  return ENGLISH_NAMES[slug] ?? inside.charAt(0).toUpperCase() + inside.slice(1);
}
