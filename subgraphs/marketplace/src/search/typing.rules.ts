const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

/** Words of a search that say nothing of whom is looked for. */
const NOISE = new Set([
  ...['репетитор', 'репетиторы', 'репетитора', 'преподаватель', 'преподаватели', 'преподавателя', 'учитель', 'учителя'],
  ...['нужен', 'ищу', 'найти', 'урок', 'уроки', 'занятия', 'курсы', 'хороший', 'лучший', 'недорого'],
  ...[
    'tutor',
    'tutors',
    'teacher',
    'teachers',
    'lesson',
    'lessons',
    'find',
    'need',
    'best',
    'good',
    'class',
    'classes',
  ],
]);

/** What people call things beside the names that subjects have. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  матан: ['математика', 'анализ'],
  алгебра: ['математика'],
  геометрия: ['математика'],
  algebra: ['mathematics'],
  geometry: ['mathematics'],
  calculus: ['mathematics'],
  инглиш: ['английский'],
  прога: ['программирование'],
  программист: ['программирование'],
  coding: ['programming'],
  инфа: ['информатика'],
  ielts: ['английский'],
  toefl: ['английский'],
  русиш: ['русский'],
  фортепьяно: ['фортепиано'],
  пианино: ['фортепиано'],
};

/** How many words of a search count. */
const MOST_WORDS = 8;

/** Words to look for, in lower case; those that say nothing only when there are no others. */
export function wordsOf(text: string): string[] {
  const words = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
  const telling = words.filter((word) => !NOISE.has(word));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

/** The word and what it means besides. */
export function meaningsOf(word: string): readonly string[] {
  return [word, ...(SYNONYMS[word] ?? [])];
}

/** What a text would be had the keyboard been in the other of two languages, such as "английский" for "fyukbqcrbq". */
export function inOtherLayout(text: string): string {
  return Array.from(text.toLowerCase(), (letter) => {
    const [latin, russian] = [LATIN_KEYS.indexOf(letter), RUSSIAN_KEYS.indexOf(letter)];
    return (latin >= 0 ? RUSSIAN_KEYS[latin] : LATIN_KEYS[russian]) ?? letter;
  }).join('');
}
