import type { EnglishEditKind, ExplanationLanguage } from './english-check.js';

/** What an explanation is about. */
interface Explained {
  kind: EnglishEditKind;
  rule: string;
  original: string;
  replacement: string;
  /** Harper's own words, in English. */
  message?: string;
}

type Templates = Readonly<Record<ExplanationLanguage, string>>;

const BY_KIND: Readonly<Record<EnglishEditKind, Templates>> = {
  SPELLING: {
    en: 'This word is not spelled so: write {replacement}.',
    ru: 'Слово написано с ошибкой: правильно {replacement}.',
  },
  ARTICLE: {
    en: 'The article does not fit here: write {replacement}.',
    ru: 'Артикль здесь не подходит: напишите {replacement}.',
  },
  AGREEMENT: {
    en: 'The verb must agree with its subject: {replacement}.',
    ru: 'Глагол должен согласовываться с подлежащим: {replacement}.',
  },
  NOUN_NUMBER: {
    en: 'The noun should be in the other number: {replacement}.',
    ru: 'Существительное должно стоять в другом числе: {replacement}.',
  },
  TENSE: { en: 'Another tense fits here: {replacement}.', ru: 'Здесь подходит другое время: {replacement}.' },
  VERB_FORM: {
    en: 'Another form of the verb is needed here: {replacement}.',
    ru: 'Здесь нужна другая форма глагола: {replacement}.',
  },
  PREPOSITION: {
    en: 'Another preposition, or none, is usual here: {replacement}.',
    ru: 'Здесь обычно другой предлог или предлог не нужен: {replacement}.',
  },
  PRONOUN: {
    en: 'Another pronoun is needed here: {replacement}.',
    ru: 'Здесь нужно другое местоимение: {replacement}.',
  },
  WORD_FORM: {
    en: 'Another form of this word is needed: {replacement}.',
    ru: 'Нужна другая форма слова: {replacement}.',
  },
  WORD_CHOICE: {
    en: 'These words are easily confused; {replacement} fits here.',
    ru: 'Эти слова легко спутать; здесь подходит {replacement}.',
  },
  WORD_ORDER: { en: 'The words go in another order: {replacement}.', ru: 'Порядок слов другой: {replacement}.' },
  MISSING_WORD: { en: 'A word is missing here: {replacement}.', ru: 'Здесь пропущено слово: {replacement}.' },
  EXTRA_WORD: { en: 'A word is not needed here: {replacement}.', ru: 'Здесь есть лишнее слово: {replacement}.' },
  PUNCTUATION: { en: 'Punctuation: {replacement}.', ru: 'Пунктуация: {replacement}.' },
  SPACING: { en: 'The spaces are not right here.', ru: 'Здесь неверно стоят пробелы.' },
  CAPITALISATION: { en: 'This is written with a capital letter.', ru: 'Здесь нужна заглавная буква.' },
  REPETITION: { en: 'The word stands here twice.', ru: 'Слово повторяется дважды.' },
  OTHER: { en: 'Better: {replacement}.', ru: 'Лучше: {replacement}.' },
};

const BY_RULE: Readonly<Record<string, Templates>> = {
  'article-missing': {
    en: 'An article is missing: {replacement}. A noun that can be counted needs one in the singular.',
    ru: 'Пропущен артикль: {replacement}. Исчисляемое существительное в единственном числе не стоит без артикля.',
  },
  'article-extra': {
    en: 'No article is needed here: {replacement}.',
    ru: 'Артикль здесь не нужен: {replacement}.',
  },
  'a-or-an': {
    en: '“An” stands before a vowel sound, “a” before a consonant sound: {replacement}.',
    ru: 'Перед гласным звуком пишется “an”, перед согласным – “a”: {replacement}.',
  },
  'noun-number': {
    en: 'The word before asks for the other number of the noun: {replacement}.',
    ru: 'Слово перед существительным требует другого числа: {replacement}.',
  },
  'verb-form': {
    en: 'The word before asks for another form of the verb: {replacement}.',
    ru: 'Слово перед глаголом требует другой формы: {replacement}.',
  },
  'to-missing': {
    en: '“To” is missing before the infinitive: {replacement}.',
    ru: 'Перед инфинитивом пропущена частица “to”: {replacement}.',
  },
  'to-extra': { en: '“To” is not needed here: {replacement}.', ru: 'Частица “to” здесь не нужна: {replacement}.' },
  'preposition-missing': {
    en: 'A preposition is missing here: {replacement}.',
    ru: 'Здесь пропущен предлог: {replacement}.',
  },
  'preposition-extra': {
    en: 'No preposition is needed here: {replacement}.',
    ru: 'Предлог здесь не нужен: {replacement}.',
  },
  'capital-i': {
    en: '“I” is always written with a capital letter.',
    ru: 'Местоимение “I” всегда пишется с заглавной буквы.',
  },
  'capital-start': {
    en: 'A sentence begins with a capital letter.',
    ru: 'Предложение начинается с заглавной буквы.',
  },
  'capital-name': {
    en: 'Names, languages, nations, days and months are written with a capital letter.',
    ru: 'Имена, языки, народы, дни недели и месяцы пишутся с заглавной буквы.',
  },
  'comma-opening': {
    en: 'A comma follows this opening of a sentence.',
    ru: 'После этого вводного слова в начале предложения ставится запятая.',
  },
  'full-stop': { en: 'The sentence has no full stop.', ru: 'В конце предложения нет точки.' },
  'space-before-mark': { en: 'No space stands before this mark.', ru: 'Перед этим знаком пробел не ставится.' },
  'space-after-mark': { en: 'A space stands behind this mark.', ru: 'После этого знака ставится пробел.' },
};

/** Why an edit is proposed, in the learner's language; what only harper can say in English is said by kind in Russian. */
export function explanationOf(explained: Explained, language: ExplanationLanguage): string {
  if (explained.message && language === 'en') return explained.message.replaceAll('`', '"');
  const templates = BY_RULE[explained.rule] ?? BY_KIND[explained.kind];
  const replacement = explained.replacement.trim();
  if (replacement === '' && explained.kind !== 'SPACING')
    return REMOVED[language].replace('{original}', quoted(explained.original.trim(), language));
  return templates[language].replace('{replacement}', quoted(replacement, language));
}

const REMOVED: Templates = { en: '{original} is not needed here.', ru: '{original} здесь не нужно.' };

function quoted(text: string, language: ExplanationLanguage): string {
  return language === 'ru' ? `«${text}»` : `“${text}”`;
}
