/** What no learner types by hand and no reader sees: marks of width zero or direction, and tags. */
const INVISIBLE = /[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}\u{e0000}-\u{e007f}]/u;

/** Cyrillic letters that look like Latin ones. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', е: 'e', ё: 'e', і: 'i', ј: 'j', к: 'k', м: 'm' },
  ...{ н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', ѕ: 's' },
};

const MARKS = '(?:marks?|points?|scores?|grades?|out of)\\b';
const MOST = '(?:full|maximum|max|highest|top|perfect|best|100|one hundred|10/10)\\b';

const ENGLISH: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,60}\b(?:instructions?|prompts?|rubrics?|rules|criteria|guidelines)\b/,
  /\b(?:ignore|disregard|forget)\b.{0,20}\b(?:everything|all|anything)\b.{0,20}\b(?:above|before|previous|prior|told|said)\b/,
  new RegExp(`\\b(?:give|award|assign|grant|set|return|output|report)\\b.{0,60}\\b${MOST}.{0,20}${MARKS}`),
  new RegExp(`\\b(?:give|award|assign|grant)\\b.{0,60}${MARKS}.{0,20}\\b(?:of )?${MOST}`),
  /\b(?:give|award|assign|grant)\b.{0,40}\b\d{1,3} (?:points?|marks?|out of)\b/,
  /\b(?:essay|text|homework|work|submission|answer|student|author|writer)\b.{0,40}\b(?:deserves?|merits?|(?:should|must|has to) (?:get|receive|be given|be awarded))\b.{0,40}\b(?:marks?|points?|scores?|grades?|100|full|highest|maximum)\b/,
  /\b(?:give|award|assign)\b(?: \w+){0,4} 100(?:\s*(?:[.!,;)]|$))/m,
  /\b(?:grade|score|mark|rate)\b (?:this|my|the|it)\b.{0,40}\b(?:100|maximum|full|highest|perfect)\b/,
  /["']?(?:score|confidence|criterion_?id)["']?\s*[:=]\s*["']?\d/,
  /\b(?:grader|examiner|evaluator|checker|reviewer|llm|language model|ai model|chatgpt|gpt-?\d?)\b.{0,60}\b(?:must|should|shall|please|give|award|score|return|output|respond|accept)\b/,
  /\b(?:you are|act as|pretend to be|behave as)\b.{0,20}\b(?:grader|examiner|evaluator|assistant|language model|ai|checker)\b/,
  /\b(?:system|developer) (?:prompt|message|instruction)/,
  /^\s*(?:system|assistant|developer|user)\s*:/m,
  /<\/?\s*(?:system|instructions?|submission|homework|text|prompt|assistant|user)\b[^>]*>|\[\/?inst\]|<\|/,
  /\bend of (?:the )?(?:text|submission|essay|homework|student)/,
];

const RUSSIAN: readonly RegExp[] = [
  /(?:игнорируй|проигнорируй|забудь|не обращай|не учитывай|отмени).{0,60}(?:инструкц|указани|правил|критери|рубрик|выше|предыдущ)/,
  /(?:поставь|выстави|присвой|дай(?:те)?\s|оцени).{0,60}(?:100|максим|высш|полн|балл|оценк|пят[её]рк|отлично)/,
  /(?:ты|вы)\s*[—–-]?\s*(?:теперь\s*)?(?:проверяющ|экзаменатор|нейросет|языковая модель|ассистент)/,
  /системн\p{L}* (?:промпт|сообщени|инструкц|подсказк)/u,
];

/** A run of letters and digits that no word is as long as: text in disguise. */
const DISGUISED = /[a-z0-9+/=_-]{60,}/i;

/**
 * Does a text speak to whoever checks it, instead of doing the homework? Such a text is not shown to a model at all, but to a
 * curator. The patterns find what is common; what they miss is bounded by what `judge` believes of a model.
 */
export function speaksToChecker(text: string): boolean {
  if (INVISIBLE.test(text) || DISGUISED.test(text)) return true;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\S\n]+/g, ' ');
  if (RUSSIAN.some((pattern) => pattern.test(plain))) return true;
  const latin = plain.replaceAll(/\p{Script=Cyrillic}/gu, (letter) => LOOKALIKES[letter] ?? letter);
  // Letters that are spaced out, such as "i g n o r e".
  const joined = latin.replaceAll(/\b(?:\p{L} ){3,}\p{L}\b/gu, (spaced) => spaced.replaceAll(' ', ''));
  const oneLine = joined.replaceAll(/\s*\n\s*/g, ' ');
  return ENGLISH.some((pattern) => pattern.test(joined) || pattern.test(oneLine));
}
