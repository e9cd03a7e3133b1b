/** The most that a model speaks at once. */
const MOST_SPOKEN = 4_000;

/** A text as it is read aloud: without Markdown, numbers of sources and addresses; a long one ends with a whole sentence. */
export function spokenText(text: string): string {
  const plain = text
    .replaceAll(/```[^\n]*\n?/g, '')
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/\s*\[\d+(?:\s*,\s*\d+)*\]/g, '')
    .replaceAll(/<?https?:\/\/[^\s>]+>?/g, '')
    .replaceAll(/^[ \t]*(?:#{1,6}|>|[-*+•]|\d+[.)])[ \t]+/gm, '')
    .replaceAll(/^[ \t]*[-*_|: \t]{3,}$/gm, '')
    .replaceAll(/^[ \t]*\||\|[ \t]*$/gm, '')
    .replaceAll(/[ \t]*\|[ \t]*/g, ', ')
    .replaceAll(/\*{1,3}|~~|`|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])/gu, '')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\n\s*/g, '\n')
    .trim();
  if (plain.length <= MOST_SPOKEN) return plain;
  const start = plain.slice(0, MOST_SPOKEN);
  const end = Math.max(...['. ', '! ', '? ', '.\n', '!\n', '?\n'].map((mark) => start.lastIndexOf(mark)));
  return (end > 0 ? start.slice(0, end + 1) : start.slice(0, start.lastIndexOf(' '))).toWellFormed();
}
