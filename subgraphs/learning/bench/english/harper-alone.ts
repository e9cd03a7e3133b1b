import { Dialect, LocalLinter, SuggestionKind } from 'harper.js';
import { binary } from 'harper.js/binary';

/** What harper makes of a text by itself. */
export interface HarperResult {
  corrected: string;
  /** It proposes something other than to take spaces away, which the corpus puts there. */
  isEdited: boolean;
}

/** The peer: harper as it comes, each finding's first suggestion taken, the first of those that overlap. */
export class HarperAlone {
  readonly #linter = new LocalLinter({ binary, dialect: Dialect.American });

  /** @param text one word is one UTF-16 unit a character */
  async correct(text: string): Promise<HarperResult> {
    const lints = await this.#linter.lint(text, { language: 'plaintext' });
    const edits = lints
      .filter((lint) => lint.suggestion_count() > 0)
      .map((lint) => {
        const [suggestion] = lint.suggestions();
        const { start, end } = lint.span();
        const original = lint.get_problem_text();
        const given = suggestion?.get_replacement_text() ?? '';
        const isAddition = suggestion?.kind() === SuggestionKind.InsertAfter;
        return { start, end, original, replacement: isAddition ? original + given : given };
      })
      .sort((left, right) => left.start - right.start);
    const characters = [...text];
    let corrected = '';
    let from = 0;
    for (const { start, end, replacement } of edits) {
      if (start < from) continue;
      corrected += characters.slice(from, start).join('') + replacement;
      from = end;
    }
    corrected += characters.slice(from).join('');
    const isEdited = edits.some(({ original, replacement }) => original.trim() !== replacement.trim());
    return { corrected, isEdited };
  }
}
