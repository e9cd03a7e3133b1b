import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { spellingMarks } from './spelling-marks.ts';
import { readSphinxModel, type SourceModel } from './sphinx-model.ts';

const USAGE = 'node subgraphs/learning/tools/build-english-model.ts <en-us.lm.bin of CMU Sphinx> <file to write>';
/** Ids fit into 16 bits. */
const MOST_WORDS = 65_000;
/** An n-gram that says what its back-off says anyway, to this factor (in decimal logarithms), is left out. */
const NEGLIGIBLE = 0.1;
const PROBABILITY_STEP = 0.04;
const BACKOFF_STEP = 0.02;
const BACKOFF_ZERO = 200;

interface Bigram {
  previous: number;
  probability: number;
  backoff: number;
  trigrams: { previous: number; probability: number }[];
}

/** Words by falling frequency, and what is kept of the n-grams that end in each. */
function distil(source: SourceModel): { words: number[]; bigrams: Bigram[][] } {
  const { unigram } = source;
  const words = source.words
    .map((_, index) => index)
    .filter((index) => /^(<\/?s>|[a-z']+)$/.test(source.words[index] ?? ''))
    .sort((left, right) => (unigram.probability[right] ?? 0) - (unigram.probability[left] ?? 0))
    .slice(0, MOST_WORDS - 1);
  words.push(source.words.indexOf('<s>'));
  const ids = new Map([...new Set(words)].map((index, id) => [index, id]));
  const unique = [...ids.keys()];
  return { words: unique, bigrams: unique.map((index) => bigramsOf(source, index, ids)) };
}

function bigramsOf(source: SourceModel, word: number, ids: Map<number, number>): Bigram[] {
  const { unigram, bigram, trigram } = source;
  const found: Bigram[] = [];
  for (let entry = unigram.next[word] ?? 0; entry < (unigram.next[word + 1] ?? 0); entry++) {
    const previous = ids.get(bigram.previous[entry] ?? 0);
    if (previous === undefined) continue;
    const probability = bigram.probability[entry] ?? 0;
    const trigrams: Bigram['trigrams'] = [];
    for (let third = bigram.next[entry] ?? 0; third < (bigram.next[entry + 1] ?? 0); third++) {
      const before = ids.get(trigram.previous[third] ?? 0);
      if (before !== undefined) trigrams.push({ previous: before, probability: trigram.probability[third] ?? 0 });
    }
    trigrams.sort((left, right) => left.previous - right.previous);
    const backoff = bigram.backoff[entry] ?? 0;
    const plain = (unigram.probability[word] ?? 0) + (unigram.backoff[bigram.previous[entry] ?? 0] ?? 0);
    const isNegligible = Math.abs(probability - plain) < NEGLIGIBLE && Math.abs(backoff) < 0.05;
    if (trigrams.length > 0 || !isNegligible) found.push({ previous, probability, backoff, trigrams });
  }
  return found.sort((left, right) => left.previous - right.previous);
}

class Planes {
  readonly #planes: number[][] = [];

  constructor(count: number) {
    for (let index = 0; index < count; index++) this.#planes.push([]);
  }

  add(plane: number, value: number): void {
    this.#planes[plane]?.push(value);
  }

  /** In the planes `plane` and `plane + 1`. */
  addWide(plane: number, value: number): void {
    this.add(plane, value & 255);
    this.add(plane + 1, value >> 8);
  }

  toBuffer(): Buffer {
    const parts = this.#planes.flatMap((plane) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(plane.length);
      return [length, Buffer.from(plane)];
    });
    return Buffer.concat(parts);
  }
}

async function encode(source: SourceModel): Promise<Buffer> {
  const { words, bigrams } = distil(source);
  const planes = new Planes(15);
  for (const [id, index] of words.entries()) {
    planes.add(0, quantised(source.unigram.probability[index] ?? 0));
    planes.add(1, backoffQuantised(source.unigram.backoff[index] ?? 0));
    const own = bigrams[id] ?? [];
    planes.addWide(2, own.length);
    let last = 0;
    for (const bigram of own) {
      planes.addWide(4, bigram.previous - last);
      last = bigram.previous;
      planes.add(6, quantised(bigram.probability));
      planes.add(7, backoffQuantised(bigram.backoff));
      planes.addWide(8, bigram.trigrams.length);
      let lastBefore = 0;
      for (const trigram of bigram.trigrams) {
        planes.addWide(10, trigram.previous - lastBefore);
        lastBefore = trigram.previous;
        planes.add(12, quantised(trigram.probability));
      }
    }
  }
  for (const byte of Buffer.from(words.map((index) => source.words[index]).join('\n'), 'latin1')) planes.add(13, byte);
  const spellings = words.map((index) => source.words[index] ?? '');
  for (const mark of await spellingMarks(spellings)) planes.add(14, mark);
  return planes.toBuffer();
}

function quantised(logarithm: number): number {
  return Math.min(255, Math.max(0, Math.round(-logarithm / PROBABILITY_STEP)));
}

function backoffQuantised(logarithm: number): number {
  return Math.min(255, Math.max(0, Math.round(BACKOFF_ZERO + logarithm / BACKOFF_STEP)));
}

const [, , from, to] = process.argv;
if (!(from && to)) throw new Error(`Usage: ${USAGE}`);
const plain = await encode(readSphinxModel(readFileSync(from)));
const packed = brotliCompressSync(plain, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  },
});
writeFileSync(to, packed);
process.stdout.write(`${plain.length} bytes, packed ${packed.length}\n`);
