import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { registerEnumType } from 'type-graphql';
import { englishEditKinds } from './english-check.js';

/** @see englishEditKinds */
export const EnglishEditKindEnum = enumOf(englishEditKinds);
registerEnumType(EnglishEditKindEnum, {
  name: 'EnglishEditKind',
  description: 'What a mistake in English is about.',
  valuesConfig: {
    SPELLING: { description: 'A word is spelt otherwise.' },
    ARTICLE: { description: '“a”, “an”, “the”, or none.' },
    AGREEMENT: { description: 'Subject and verb do not agree.' },
    NOUN_NUMBER: { description: 'One or several.' },
    TENSE: { description: 'Another tense.' },
    VERB_FORM: { description: 'Another form of the verb, such as “to go” or “going”.' },
    PREPOSITION: { description: 'Another preposition, or none.' },
    PRONOUN: { description: 'Another pronoun.' },
    WORD_FORM: { description: 'Another form of the word, such as an adverb.' },
    WORD_CHOICE: { description: 'Another word.' },
    WORD_ORDER: { description: 'Another order of words.' },
    MISSING_WORD: { description: 'A word is missing.' },
    EXTRA_WORD: { description: 'A word is too many.' },
    PUNCTUATION: { description: 'A comma, a full stop, an apostrophe.' },
    SPACING: { description: 'Too many blanks, or too few.' },
    CAPITALISATION: { description: 'A capital letter, or a small one.' },
    REPETITION: { description: 'Something is said twice.' },
    OTHER: { description: 'Something else.' },
  },
});
