import { readFileSync } from 'node:fs';
import { Dialect, type Lint, LocalLinter, SuggestionKind } from 'harper.js';
import { binary } from 'harper.js/binary';
import type { HarperLint } from './harper-drafts.js';

/** Rules of taste that only cost time. */
const LEFT_OUT = [
  'LongSentences',
  'Spaces',
  'CommaFixes',
  'DiscourseMarkers',
  'AvoidAndAlso',
  'OrthographicConsistency',
];

/** The harper library, in this thread. Loading takes about a second and 300 MB. */
export class HarperLinter {
  readonly #linter: LocalLinter;

  private constructor(linter: LocalLinter) {
    this.#linter = linter;
  }

  static async load(): Promise<HarperLinter> {
    const linter = new LocalLinter({ binary, dialect: Dialect.American });
    await linter.setup();
    const rules = await linter.getLintConfig();
    for (const rule of LEFT_OUT) if (rule in rules) rules[rule] = false;
    await linter.setLintConfig(rules);
    return new HarperLinter(linter);
  }

  /** All that harper says, overlapping or not. */
  async lint(text: string): Promise<HarperLint[]> {
    const offsets = utf16Offsets(text);
    const groups = await this.#linter.organizedLints(text, { language: 'plaintext', dedup: false });
    return Object.entries(groups).flatMap(([rule, lints]) => lints.map((lint) => plainLint(rule, lint, offsets)));
  }
}

/** The version that is installed. */
export function harperVersion(): string {
  const file = new URL('../package.json', import.meta.resolve('harper.js'));
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return version;
}

function plainLint(rule: string, lint: Lint, offsets: (character: number) => number): HarperLint {
  const span = lint.span();
  const problem = lint.get_problem_text();
  const replacements = lint.suggestions().map((suggestion) => {
    const text = suggestion.get_replacement_text();
    if (suggestion.kind() === SuggestionKind.Remove) return '';
    return suggestion.kind() === SuggestionKind.InsertAfter ? problem + text : text;
  });
  const [start, end] = [offsets(span.start), offsets(span.end)];
  const plain = { rule, kind: lint.lint_kind(), message: lint.message(), start, end, replacements };
  lint.free();
  return plain;
}

/** Harper counts characters, JavaScript UTF-16 units. */
function utf16Offsets(text: string): (character: number) => number {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return (character) => character;
  const offsets: number[] = [];
  let offset = 0;
  for (const character of text) {
    offsets.push(offset);
    offset += character.length;
  }
  return (character) => offsets[character] ?? text.length;
}
