import { plain } from '../../moderation/rules/folding.js';
import { DEGREES, NEGATIONS, POLARITY, TURNS } from './sentiment.lexicon.js';

const REACH = 4;
/** What was said before "but" counts less than what comes after. */
const BEFORE_TURN = 0.6;
/** From this sum of words on a text is as clear as it gets. */
const SOFTNESS = 4;

const whole = new Map<string, number>();
const beginnings = new Map<string, number>();
for (const [key, weight] of Object.entries(POLARITY)) {
  if (key.endsWith('$')) whole.set(key.slice(0, -1), weight);
  else beginnings.set(key, weight);
}
const LONGEST = Math.max(...Array.from(beginnings.keys(), ({ length }) => length));

/**
 * How a text in Russian or English sounds by a lexicon, with negation and degree, from −1, angry, to 1, delighted; null
 * when no word of it says.
 */
export function sentimentOf(text: string | null | undefined): number | null {
  const sums = plain(text ?? '')
    .split(/[.!?…\n;]+/)
    .map(sumOf)
    .filter((sum) => sum !== null);
  if (sums.length === 0) return null;
  const sum = sums.reduce((total, value) => total + value, 0);
  return sum / Math.sqrt(sum * sum + SOFTNESS);
}

function sumOf(sentence: string): number | null {
  const words = sentence.match(/[\p{L}'’]+/gu) ?? [];
  let sum = 0;
  let isSaid = false;
  words.forEach((word, index) => {
    if (TURNS.has(word)) sum *= BEFORE_TURN;
    const weight = weightOf(word);
    if (!weight) return;
    isSaid = true;
    const before = words.slice(Math.max(0, index - REACH), index).map((near) => near.replace('’', "'"));
    const degree = before.slice(-2).reduce((product, near) => product * (DEGREES[near] ?? 1), 1);
    const turned = before.filter((near) => NEGATIONS.has(near)).length % 2 === 1;
    // "Not good" is not as bad as "bad", and "not bad" hardly good.
    sum += weight * degree * (turned ? (weight > 0 ? -0.8 : -0.4) : 1);
  });
  return isSaid ? sum : null;
}

/** The longest beginning that is known. */
function weightOf(word: string): number {
  const exact = whole.get(word);
  if (exact !== undefined) return exact;
  for (let length = Math.min(LONGEST, word.length); length >= 3; length--) {
    const weight = beginnings.get(word.slice(0, length));
    if (weight !== undefined) return weight;
  }
  return 0;
}
