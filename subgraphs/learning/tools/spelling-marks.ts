import { Dialect, LocalLinter } from 'harper.js';
import { binary } from 'harper.js/binary';

/** How a word may be written. */
const SpellingMark = { never: 0, lowerCase: 1, capitalised: 2 } as const;

const BATCH = 1_000;
const BETWEEN = '\n\n';

/** For each word in lower case whether harper's dictionaries, the American or the British one, know it so, or only with a capital. */
export async function spellingMarks(words: readonly string[]): Promise<number[]> {
  const marks = words.map((): number => SpellingMark.never);
  for (const dialect of [Dialect.American, Dialect.British]) {
    const linter = new LocalLinter({ binary, dialect });
    const rules = Object.keys(await linter.getLintConfig());
    await linter.setLintConfig(Object.fromEntries(rules.map((rule) => [rule, rule === 'SpellCheck'])));
    const known = await accepted(linter, words);
    const knownCapitalised = await accepted(linter, words.map(capitalised));
    for (const index of words.keys()) {
      if (known.has(index)) marks[index] = SpellingMark.lowerCase;
      else if (knownCapitalised.has(index) && marks[index] === SpellingMark.never)
        marks[index] = SpellingMark.capitalised;
    }
    await linter.dispose();
  }
  return marks;
}

async function accepted(linter: LocalLinter, words: readonly string[]): Promise<Set<number>> {
  const known = new Set(words.keys());
  for (let from = 0; from < words.length; from += BATCH) {
    const batch = words.slice(from, from + BATCH);
    const wordAt: number[] = batch.flatMap((word, index) => Array.from(word + BETWEEN, () => from + index));
    for (const lint of await linter.lint(batch.join(BETWEEN), { language: 'plaintext', dedup: false }))
      known.delete(wordAt[lint.span().start] ?? -1);
  }
  return known;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
