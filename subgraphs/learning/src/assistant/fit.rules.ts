import type { Passage } from '../knowledge/retrieval.js';

/** Cosine of the local embedder from which the best passage is about what was asked. Chosen by the judged questions. */
const FITS = 0.16;
/** A question that mixes both alphabets is nearly always about English. */
const FITS_MIXED = 0.085;
/** Of other models: their cosines are higher, and the model that answers decides anyway. */
const FITS_OTHER = 0.25;

/** Those of the passages that may answer the question; none when it is not of the school's matter. */
export function fitting(question: string, passages: readonly Passage[], model: string | undefined): Passage[] {
  const least = model?.startsWith('local') ? (isMixed(question) ? FITS_MIXED : FITS) : FITS_OTHER;
  return (passages[0]?.similarity ?? 0) >= least ? [...passages] : [];
}

function isMixed(text: string): boolean {
  return /[а-яё]/i.test(text) && /[a-z]/i.test(text);
}
