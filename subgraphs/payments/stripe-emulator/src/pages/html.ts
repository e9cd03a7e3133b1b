/** Markup whose text has been escaped. Made by the `html` tag alone, so that nothing reaches a page unescaped. */
class Html {
  constructor(readonly markup: string) {}
}

export type { Html };

/** What may stand in a template: markup as it is, everything else as escaped text; what is empty leaves no trace. */
type Piece = Html | string | number | false | null | undefined | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string') return escapeHtml(piece);
  return typeof piece === 'number' ? String(piece) : piece.map(render).join('');
}

/** Markup from a template; what is put in is escaped unless it is markup itself. Attributes must be quoted. */
export function html(parts: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(parts.map((part, index) => part + render(pieces[index])).join(''));
}
