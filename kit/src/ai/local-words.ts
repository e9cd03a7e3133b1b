import { newStemmer } from 'snowball-stemmers';

const RUSSIAN = newStemmer('russian');
const ENGLISH = newStemmer('english');
const MAX_KNOWN_WORDS = 50_000;

/** Words that tell nothing of a text's matter, as written after {@link normalise}. */
const STOP_WORDS = new Set(
  `а без бы был была были было быть в вам вами вас ваш ваша ваше ведь весь во вот все всего всех вы где да даже для до
  его ее если есть еще же за и из или им их к как какая какие какой когда который ко ли либо мне меня мой моя моё мое мы
  на над надо нам нас наш не него нее нет ни них но ну о об он она они оно от очень по под при про с сам свой свою себя
  со так также там те тем то того тоже той только том тот ты у уж уже чем через что чтобы чье эта эти это этого этой
  этом этот я можно нужно мочь почему зачем сколько куда откуда кто чего
  a an and are as at be been being but by can could did do does for from had has have how i if in into is it its me my
  of on or our should so such that the their them then there these they this those to us was we were what when where
  which who why will with would you your am not no`.split(/\s+/),
);

const LATIN_OF: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'j',
  з: 's',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'a',
};

/** One word of a text, in the forms that texts are compared by. */
export interface Word {
  /** The Snowball stem of the word's own language. */
  stem: string;
  /** How it sounds, about, in Latin letters, the same for both alphabets: `презент` and `present` are close. */
  sound: string;
  /** Belongs to every text of its language. */
  isStopWord: boolean;
  isCyrillic: boolean;
}

const known = new Map<string, Word>();

/** A text's words in their order: letters and digits of any alphabet, apostrophes dropped. */
export function wordsOf(text: string): Word[] {
  return (normalise(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(word);
}

/** Lower case, one form of each letter, and no accents; `ё` is `е`. */
export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('и\u0306', 'й')
    .replace(/[\u0300-\u036f'’ʼ`]/g, '');
}

function word(written: string): Word {
  const found = known.get(written);
  if (found) return found;
  const isCyrillic = /[а-я]/.test(written);
  const stem = isCyrillic ? RUSSIAN.stem(written) : ENGLISH.stem(written);
  const made = { stem, sound: soundOf(written), isStopWord: STOP_WORDS.has(written), isCyrillic };
  // Words are few and texts are many; forgetting them all now and then is cheaper than knowing which are old.
  if (known.size >= MAX_KNOWN_WORDS) known.clear();
  known.set(written, made);
  return made;
}

/** Both alphabets in one, letters that sound alike made the same, no letter twice in a row. */
function soundOf(written: string): string {
  return written
    .replace(/[а-я]/g, (letter) => LATIN_OF[letter] ?? '')
    .replace(/ph/g, 'f')
    .replace(/[sc]h(?=[^aeiou])/g, 's')
    .replace(/zh/g, 'j')
    .replace(/kh/g, 'h')
    .replace(/ck|q/g, 'k')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c(?!h)/g, 'k')
    .replace(/x/g, 'ks')
    .replace(/w/g, 'v')
    .replace(/z/g, 's')
    .replace(/y/g, 'i')
    .replace(/(.)\1+/g, '$1');
}
