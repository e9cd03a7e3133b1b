import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fitLatentFactors, type LatentFactors, type SparseRow } from './latent-factors.js';
import { hashOfFeature, LocalEmbedder, stemFrequencies } from './local-embedder.js';

/** How texts are learnt from. */
export interface LatentOptions {
  /** Words and phrases that mean the same; see LocalEmbedder. */
  synonyms: readonly (readonly string[])[];
  /** Places that features are hashed to. @default 16384 */
  columns?: number;
  /** Most factors, which are the dimensions of vectors. @default 256 */
  rank?: number;
  /** @default 1 */
  seed?: number;
}

const VERSION = 'latent-1';
/** A stem that so few texts have is as rare as one that none has. */
const LEAST_TEXTS = 2;
/**
 * Factors are divided by this power of their strength: the strongest ones say what subject a text is about, which a filter knows
 * already, and without this they drown the rest. Chosen by judged pairs of wishes and profiles.
 */
const WHITENING = 0.5;
const LARGEST_BYTE = 127;
const HEADER_BYTES = 4;

const headerSchema = z.object({
  version: z.literal(VERSION),
  columns: z.int().min(1).max(1_000_000),
  rank: z.int().min(1).max(4_000),
  /** What a byte of each factor is worth. */
  scales: z.array(z.number()),
  total: z.int().min(0),
  stems: z.array(z.tuple([z.string(), z.int()])),
});
type Header = z.output<typeof headerSchema>;

/**
 * Learns from texts which words are rare and which stand beside each other, and gives it as bytes for {@link LatentEmbedder}.
 * The same texts in the same order give the same bytes. Takes seconds to a minute of the processor.
 *
 * @throws Error when no text has words
 */
export function fitLatentEmbedder(texts: readonly string[], options: LatentOptions): Uint8Array {
  const { synonyms, columns = 16_384, rank = 256, seed = 1 } = options;
  const frequencies = stemFrequencies(texts, LEAST_TEXTS);
  const words = new LocalEmbedder({ synonyms, frequencies });
  const rows = texts.map((text) => rowOf(words, text, columns)).filter((row) => row.columns.length > 0);
  const factors = fitLatentFactors(rows, { columns, rank, seed });
  if (factors.rank === 0) throw new Error('There are no words to learn from; give texts that have some');
  const { scales, bytes } = inBytes(factors);
  const stems = frequencies.stems.map(([stem, count]): [string, number] => [stem, count]);
  const header: Header = { version: VERSION, columns, rank: factors.rank, scales, total: frequencies.total, stems };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(HEADER_BYTES);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, new Uint8Array(bytes.buffer)]);
}

/**
 * Vectors of short texts in Russian and English without a key or the network: the features of LocalEmbedder, projected onto the
 * latent factors of a catalogue. Words that stand for the same there come near each other, and vectors are short.
 */
export class LatentEmbedder {
  /** Names the rules, the synonyms and all that was learnt: vectors of different models must never be compared. */
  readonly model: string;
  readonly dimensions: number;
  private readonly words: LocalEmbedder;
  private readonly header: Header;
  private readonly table: Int8Array;

  /**
   * @param content what {@link fitLatentEmbedder} gave
   * @throws Error when it is of another version, or cut
   */
  constructor(content: Uint8Array, synonyms: readonly (readonly string[])[]) {
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const start = HEADER_BYTES + bytes.readUInt32LE();
    this.header = headerSchema.parse(JSON.parse(bytes.toString('utf8', HEADER_BYTES, start)));
    const { columns, rank, scales, total, stems } = this.header;
    this.table = new Int8Array(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
    if (this.table.length !== columns * rank || scales.length !== rank)
      throw new Error('The factors are cut; fit them anew');
    this.words = new LocalEmbedder({ synonyms, frequencies: { total, stems } });
    this.dimensions = rank;
    const digest = createHash('sha256').update(this.words.model).update(content).digest('hex').slice(0, 8);
    this.model = `${VERSION}-${digest}`;
  }

  /** One vector of length 1 a text, in the texts' order; a text of which nothing is known gives zeros. */
  embed(texts: readonly string[]): number[][] {
    return texts.map((text) => this.vector(text));
  }

  private vector(text: string): number[] {
    const { columns, rank, scales } = this.header;
    const row = rowOf(this.words, text, columns);
    const vector = new Float64Array(rank);
    for (const [at, column] of row.columns.entries()) {
      const value = row.values[at] ?? 0;
      const start = column * rank;
      for (let factor = 0; factor < rank; factor++) {
        vector[factor] = (vector[factor] ?? 0) + value * (this.table[start + factor] ?? 0);
      }
    }
    let squares = 0;
    for (let factor = 0; factor < rank; factor++) {
      const value = (vector[factor] ?? 0) * (scales[factor] ?? 0);
      vector[factor] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares) || 1;
    return Array.from(vector, (value) => value / length);
  }
}

/** A text's features at their places, of length 1; repeats count less. */
function rowOf(words: LocalEmbedder, text: string, columns: number): SparseRow {
  const places = new Map<number, number>();
  for (const [feature, weight] of words.features(text)) {
    const hash = hashOfFeature(feature);
    const size = weight > 1 ? 1 + Math.log(weight) : weight;
    const at = hash % columns;
    places.set(at, (places.get(at) ?? 0) + (hash & 0x8000_0000 ? -size : size));
  }
  const length = Math.hypot(...places.values()) || 1;
  return {
    columns: Uint32Array.from(places.keys()),
    values: Float32Array.from(places.values(), (value) => value / length),
  };
}

/** A byte a number is exact enough: what is lost is less than what two texts differ by. */
function inBytes({ columns, rank, table, strengths }: LatentFactors): { scales: number[]; bytes: Int8Array } {
  const largest = new Float64Array(rank);
  for (let at = 0; at < table.length; at++) {
    largest[at % rank] = Math.max(largest[at % rank] ?? 0, Math.abs(table[at] ?? 0));
  }
  const bytes = new Int8Array(columns * rank);
  for (let at = 0; at < table.length; at++) {
    bytes[at] = Math.round(((table[at] ?? 0) / (largest[at % rank] || 1)) * LARGEST_BYTE);
  }
  const scales = strengths.map((strength, factor) => (largest[factor] ?? 0) / LARGEST_BYTE / strength ** WHITENING);
  return { scales, bytes };
}
