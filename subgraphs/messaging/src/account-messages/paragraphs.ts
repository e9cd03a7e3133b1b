/** One text of several paragraphs. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.join('\n\n');
}
