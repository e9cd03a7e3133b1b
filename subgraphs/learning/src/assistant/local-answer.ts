import type { LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';

/** A source's whole text. */
export interface SourceText {
  title: string;
  body: string;
  /** Where the passage stands that was found. */
  startsAt: number;
  endsAt: number;
}

/** The part of a source that answers a question. */
export interface Extract {
  text: string;
  /** Where it stands in the source's text. */
  startsAt: number;
  endsAt: number;
}

/** Of longer texts, such as lessons, only the passage that was found is looked through. */
const MOST_READ = 4_000;
/** What stands first in a text says what it is about. */
const OPENING = 1.5;
/** A shorter paragraph is likelier to look like the question, and to say little. */
const SHORT = 200;
const SHORT_WORTH = 0.75;

/** Whoever asks gets at least so many characters, if the source has them: what stands around the best paragraph. */
const ENOUGH = 350;

/**
 * The paragraph of a source that is most like the question, with a neighbour where it is short: single sentences, torn out, would
 * be of little use.
 *
 * @param most characters; a longer one is cut behind a sentence
 */
export function extractOf(question: string, source: SourceText, most: number, embedder: LocalEmbedder): Extract {
  const { body, startsAt, endsAt } = source;
  const paragraphs =
    body.length <= MOST_READ ? paragraphsOf(body, 0, body.length) : paragraphsOf(body, startsAt, endsAt);
  const [asked = [], ...vectors] = embedder.embed([question, ...paragraphs.map(({ text }) => text)]);
  const likeness = paragraphs.map(({ text }, index) => {
    return dot(asked, vectors[index] ?? []) * (index === 0 ? OPENING : 1) * (text.length < SHORT ? SHORT_WORTH : 1);
  });
  const best = likeness.indexOf(Math.max(...likeness));
  const [first] = paragraphs.slice(best, best + 1);
  if (!first) return shortened({ text: body.slice(startsAt, endsAt), startsAt, endsAt }, most);
  return shortened(widened(body, { first, paragraphs, likeness, best, most }), most);
}

interface Widening {
  first: Extract;
  paragraphs: readonly Extract[];
  likeness: readonly number[];
  best: number;
  most: number;
}

/** A paragraph with those of its neighbours that are more like the question, until there is enough. */
function widened(body: string, { first, paragraphs, likeness, best, most }: Widening): Extract {
  let chosen = first;
  let [from, to] = [best, best];
  while (chosen.endsAt - chosen.startsAt < ENOUGH) {
    const isBefore = (likeness[from - 1] ?? -1) >= (likeness[to + 1] ?? -1);
    const neighbour = isBefore ? paragraphs[--from] : paragraphs[++to];
    if (!neighbour) break;
    const [startsAt, endsAt] = isBefore ? [neighbour.startsAt, chosen.endsAt] : [chosen.startsAt, neighbour.endsAt];
    if (endsAt - startsAt > most) break;
    chosen = { startsAt, endsAt, text: body.slice(startsAt, endsAt) };
  }
  return chosen;
}

function paragraphsOf(body: string, from: number, to: number): Extract[] {
  return [...body.slice(from, to).matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/g)].map(({ 0: text, index }) => {
    return { text: text.trimEnd(), startsAt: from + index, endsAt: from + index + text.trimEnd().length };
  });
}

function shortened({ text, startsAt, endsAt }: Extract, most: number): Extract {
  if (text.length <= most) return { text, startsAt, endsAt };
  const end = [...text.slice(0, most).matchAll(/[.!?…]["»”)]*(?=\s)/g)].at(-1);
  const length = end ? end.index + end[0].length : most;
  return { text: text.slice(0, length), startsAt, endsAt: startsAt + length };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
