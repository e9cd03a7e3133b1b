/** How a typed answer is compared with those that are accepted. */
export interface Leniency {
  isCaseSensitive: boolean;
  /** How many typing errors are forgiven at most; in short texts fewer. */
  typosAllowed: number;
}

/** Characters of an accepted text for each typing error that is forgiven: in a shorter one a slip makes another word. */
const CHARACTERS_PER_TYPO = 4;

/**
 * A typed text as it is compared: forms of the same character, quotation marks, apostrophes and dashes are one (and ё is е), blanks
 * count once, those at the ends and full stops at the end do not count, nor does case unless it is to.
 */
export function normalised(text: string, isCaseSensitive: boolean): string {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[‘’‚‛`´ʼ′]/g, "'")
    .replaceAll(/[“”„‟«»″]/g, '"')
    .replaceAll(/[‐‑‒–—―−]/g, '-')
    .replaceAll('ё', 'е')
    .replaceAll('Ё', 'Е')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const cased = isCaseSensitive ? plain : plain.toLowerCase();
  return cased.replace(/\s*[.!?]+$/, '') || cased;
}

/** Is a typed text one of those that are accepted? */
export function isAccepted(typed: string, accepted: readonly string[], { isCaseSensitive, typosAllowed }: Leniency) {
  const given = normalised(typed, isCaseSensitive);
  if (given === '') return false;
  return accepted.some((text) => {
    const wanted = normalised(text, isCaseSensitive);
    const forgiven = Math.min(typosAllowed, Math.floor(wanted.length / CHARACTERS_PER_TYPO));
    return given === wanted || (forgiven > 0 && typosBetween(given, wanted, forgiven) <= forgiven);
  });
}

/**
 * Characters that are missing, too many, wrong, or swapped with their neighbour (optimal string alignment). By hand because
 * a library for it is longer than this.
 *
 * @param most of what interests; what is certainly more is not counted out
 */
export function typosBetween(one: string, other: string, most = Number.POSITIVE_INFINITY): number {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = b.map((_, index) => index).concat(b.length);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const replaced = at(last, column - 1) + (isSame ? 0 : 1);
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(at(last, column) + 1, at(current, column - 1) + 1, replaced, swapped));
    }
    [before, last] = [last, current];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
