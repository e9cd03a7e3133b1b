const VOWELS = 'aeiouy';
/** Letters that learners write for one another, because they sound alike. */
const ALIKE = ['cs', 'ck', 'sz', 'fv', 'iy', 'ij', 'gj', 'kq', 'cq', 'dt', 'bp', 'mn', 'vw', 'uw'];

const VOWEL = 0.7;
const SOUND = 0.7;
const OTHER = 1;
const DOUBLED = 0.45;
const SILENT = 0.75;
const SWAPPED = 0.7;
const FIRST_LETTER = 0.5;

/** The least that a letter costs which only one of the two words has. */
export const LEAST_OF_NEW_LETTER = VOWEL;

/** The least that a wrong first letter costs; the first two in the wrong order aside. */
export const LEAST_OF_FIRST_LETTER = VOWEL + FIRST_LETTER;

const LETTERS = 32;
const APOSTROPHE = 30;
const substitutions = new Float64Array(LETTERS * LETTERS).fill(OTHER);
const insertions = new Float64Array(LETTERS).fill(OTHER);
const LONGEST = 48;
fillTables();

let beforeLast = new Float64Array(LONGEST);
let last = new Float64Array(LONGEST);
let row = new Float64Array(LONGEST);

/** A word as numbers of letters, for `editCost`. */
export function lettersOf(word: string): Uint8Array {
  return Uint8Array.from(word.slice(0, LONGEST - 1), (letter) =>
    letter === "'" ? APOSTROPHE : Math.max(0, Math.min(APOSTROPHE + 1, letter.charCodeAt(0) - 97)),
  );
}

/**
 * How far a spelling is from a word: the restricted edit distance in which likely slips cost less than one (a vowel for a
 * vowel, a letter doubled or not, two letters in the wrong order), and a wrong first letter costs more.
 *
 * @returns undefined when it is more than `most`
 */
export function editCost(written: Uint8Array, word: Uint8Array, most: number): number | undefined {
  const width = word.length + 1;
  last[0] = 0;
  for (let column = 1; column < width; column++) last[column] = (last[column - 1] ?? 0) + insertion(word, column - 1);
  for (let line = 1; line <= written.length; line++) {
    const least = fillRow(written, word, line);
    if (least > most) return undefined;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  const cost = last[width - 1] ?? 0;
  return cost <= most ? cost : undefined;
}

function fillRow(written: Uint8Array, word: Uint8Array, line: number): number {
  const from = written[line - 1] ?? 0;
  const removal = insertion(written, line - 1);
  let least = (last[0] ?? 0) + removal;
  row[0] = least;
  for (let column = 1; column <= word.length; column++) {
    const to = word[column - 1] ?? 0;
    const replaced =
      from === to ? 0 : (substitutions[from * LETTERS + to] ?? 0) + (line === 1 && column === 1 ? FIRST_LETTER : 0);
    let cost = (last[column - 1] ?? 0) + replaced;
    const removed = (last[column] ?? 0) + removal;
    if (removed < cost) cost = removed;
    const inserted = (row[column - 1] ?? 0) + insertion(word, column - 1);
    if (inserted < cost) cost = inserted;
    if (line > 1 && column > 1 && from !== to && from === word[column - 2] && to === written[line - 2]) {
      const swapped = (beforeLast[column - 2] ?? 0) + SWAPPED;
      if (swapped < cost) cost = swapped;
    }
    row[column] = cost;
    if (cost < least) least = cost;
  }
  return least;
}

/** Of a letter that one of the two has and the other has not. */
function insertion(word: Uint8Array, at: number): number {
  const letter = word[at] ?? 0;
  if (at > 0 && letter === word[at - 1]) return DOUBLED;
  return (insertions[letter] ?? OTHER) + (at === 0 ? FIRST_LETTER : 0);
}

function fillTables(): void {
  const numbers = [...lettersOf(VOWELS)];
  for (const from of numbers) for (const to of numbers) substitutions[from * LETTERS + to] = VOWEL;
  for (const pair of ALIKE) {
    const [from = 0, to = 0] = lettersOf(pair);
    substitutions[from * LETTERS + to] = SOUND;
    substitutions[to * LETTERS + from] = SOUND;
  }
  for (const letter of [...numbers, ...lettersOf('h')]) insertions[letter] = SILENT;
  insertions[APOSTROPHE] = DOUBLED;
}
