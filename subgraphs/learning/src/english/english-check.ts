/** What an edit is about. */
export const englishEditKinds = [
  'SPELLING',
  'ARTICLE',
  'AGREEMENT',
  'NOUN_NUMBER',
  'TENSE',
  'VERB_FORM',
  'PREPOSITION',
  'PRONOUN',
  'WORD_FORM',
  'WORD_CHOICE',
  'WORD_ORDER',
  'MISSING_WORD',
  'EXTRA_WORD',
  'PUNCTUATION',
  'SPACING',
  'CAPITALISATION',
  'REPETITION',
  'OTHER',
] as const;

export type EnglishEditKind = (typeof englishEditKinds)[number];

/** The languages in which edits are explained. */
export type ExplanationLanguage = 'en' | 'ru';

/** Who found it: the harper library, our own rules with their model of words, or an outside language model. */
export type EnglishEditSource = 'harper' | 'rules' | 'model';

/** One change to a text. Offsets are UTF-16 units of the text as it was given. */
export interface EnglishEdit {
  start: number;
  end: number;
  original: string;
  replacement: string;
  /** All that may be meant, the replacement first. */
  suggestions: string[];
  kind: EnglishEditKind;
  explanation: string;
  /** From 0 to 1. */
  confidence: number;
  source: EnglishEditSource;
}

/** What a checker says of a text. */
export interface EnglishCheck {
  /** In the order of the text, not overlapping. */
  edits: EnglishEdit[];
  /** The text with all edits made. */
  corrected: string;
  /** Name and version of what checked it. */
  checker: string;
}
