/** A part of an entry's text. */
export interface TextChunk {
  text: string;
  /** Where it stands in the whole text, in UTF-16 code units. */
  startsAt: number;
  endsAt: number;
}

/** A chunk is closed by the paragraph that makes it longer than this. */
const ENOUGH = 500;
/** A paragraph longer than this is cut after a sentence. */
const MOST = 1_200;

/** Cuts a text into parts of a few paragraphs each, long enough to be understood and short enough to be found. */
export function chunksOf(body: string): TextChunk[] {
  const chunks: TextChunk[] = [];
  let open: { startsAt: number; endsAt: number } | undefined;
  for (const piece of paragraphsOf(body)) {
    open = open ? { startsAt: open.startsAt, endsAt: piece.endsAt } : piece;
    if (open.endsAt - open.startsAt < ENOUGH) continue;
    chunks.push(chunk(body, open));
    open = undefined;
  }
  if (open) chunks.push(chunk(body, open));
  return chunks;
}

function chunk(body: string, { startsAt, endsAt }: { startsAt: number; endsAt: number }): TextChunk {
  return { text: body.slice(startsAt, endsAt), startsAt, endsAt };
}

function* paragraphsOf(body: string): Generator<{ startsAt: number; endsAt: number }> {
  for (const { 0: text, index } of body.matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/g)) {
    for (let from = 0; from < text.length; ) {
      const end = text.length - from <= MOST ? text.length : from + lastSentenceEnd(text.slice(from, from + MOST));
      yield { startsAt: index + from, endsAt: index + end };
      from = end;
    }
  }
}

function lastSentenceEnd(text: string): number {
  const ends = [...text.matchAll(/[.!?…]["»”)]?\s/g)];
  const last = ends.at(-1);
  return last ? last.index + last[0].length : text.length;
}
