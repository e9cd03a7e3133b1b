import type { LearningStyle } from '../ranking/wish.js';

/** What is written by those who want a way of teaching, in Russian and English. The first that is found counts. */
const SIGNS: readonly (readonly [LearningStyle, RegExp])[] = [
  ['EXAM_FOCUSED', /(?<!\p{L})(егэ|огэ|экзамен|ielts|toefl|gre(?!\p{L})|gmat|sat(?!\p{L})|exam|gcse|a-levels?)/iu],
  ['CONVERSATIONAL', /(?<!\p{L})(разговор|общени|болта|conversation|speaking|small talk)/iu],
  ['PLAYFUL', /(?<!\p{L})(игр(ов|ы|ать|а(?!\p{L}))|весел|playful|games?(?!\p{L})|fun(?!\p{L}))/iu],
  ['PATIENT', /(?<!\p{L})(терпел|спокойн|patient|patience|calm)/iu],
  ['DEMANDING', /(?<!\p{L})(строг|требовательн|strict|demanding|push me)/iu],
  ['STRUCTURED', /(?<!\p{L})(систем(н|атич)|структур|по плану|structured|systematic|step by step)/iu],
];

/** The way of teaching that a text asks for; null when it asks for none. */
export function styleOfText(text: string): LearningStyle | null {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? null;
}
