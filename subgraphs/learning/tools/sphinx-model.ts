/** One n-gram of the source model: probabilities and back-off weights are decimal logarithms. */
export interface SourceModel {
  words: string[];
  unigram: { probability: Float32Array; backoff: Float32Array; next: Uint32Array };
  /** `previous` is the word before; the bigrams that end in word w are those from `unigram.next[w]` up to the next word's. */
  bigram: { previous: Uint32Array; probability: Float32Array; backoff: Float32Array; next: Uint32Array };
  /** `previous` is the word before those of the bigram. */
  trigram: { previous: Uint32Array; probability: Float32Array };
}

const HEADER = 'Trie Language Model';
const TABLE_ENTRIES = 65_536;
/** The model's logarithms have the base 1.0001. */
const TO_DECIMAL = Math.log10(1.0001);

/**
 * Reads the trie that CMU Sphinx writes for a model of three words: quantised tables of probabilities, then bit-packed
 * entries. A trie of reversed n-grams: under a word stand the words before it.
 *
 * @throws Error when the file is of another kind
 */
export function readSphinxModel(file: Buffer): SourceModel {
  if (file.toString('latin1', 0, HEADER.length) !== HEADER || file[HEADER.length] !== 3)
    throw new Error('The file is not a trigram model of CMU Sphinx; take en-us.lm.bin of its en-us model');
  let offset = HEADER.length + 1;
  const [unigrams, bigrams, trigrams] = [0, 4, 8].map((at) => file.readUInt32LE(offset + at)) as [
    number,
    number,
    number,
  ];
  offset += 16;
  const tables = [0, 1, 2].map((index) => tableAt(file, offset + index * TABLE_ENTRIES * 4)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  offset += 3 * TABLE_ENTRIES * 4;
  const unigram = readUnigrams(file, offset, unigrams);
  offset += (unigrams + 1) * 12;
  const wordBits = bitsFor(unigrams);
  const nextBits = bitsFor(trigrams);
  const middle = new PackedBits(file, offset, wordBits + 32 + nextBits);
  const bigram = readBigrams(middle, { count: bigrams, wordBits, nextBits }, tables);
  offset += middle.bytesFor(bigrams);
  const longest = new PackedBits(file, offset, wordBits + 16);
  const trigram = readTrigrams(longest, trigrams, wordBits, tables[2]);
  offset += longest.bytesFor(trigrams);
  const length = file.readUInt32LE(offset);
  const words = file
    .toString('latin1', offset + 4, offset + 4 + length)
    .split('\0')
    .slice(0, unigrams);
  return { words, unigram, bigram, trigram };
}

function readUnigrams(file: Buffer, offset: number, count: number): SourceModel['unigram'] {
  const probability = new Float32Array(count);
  const backoff = new Float32Array(count);
  const next = new Uint32Array(count + 1);
  for (let index = 0; index <= count; index++) {
    const at = offset + index * 12;
    if (index < count) {
      probability[index] = file.readFloatLE(at) * TO_DECIMAL;
      backoff[index] = file.readFloatLE(at + 4) * TO_DECIMAL;
    }
    next[index] = file.readUInt32LE(at + 8);
  }
  return { probability, backoff, next };
}

function readBigrams(
  bits: PackedBits,
  { count, wordBits, nextBits }: { count: number; wordBits: number; nextBits: number },
  [probabilities, backoffs]: [Float32Array, Float32Array, Float32Array],
): SourceModel['bigram'] {
  const bigram = {
    previous: new Uint32Array(count),
    probability: new Float32Array(count),
    backoff: new Float32Array(count),
    next: new Uint32Array(count + 1),
  };
  for (let index = 0; index <= count; index++) {
    bigram.next[index] = bits.read(index, wordBits + 32, nextBits);
    if (index === count) break;
    bigram.previous[index] = bits.read(index, 0, wordBits);
    bigram.backoff[index] = backoffs[bits.read(index, wordBits, 16)] ?? 0;
    bigram.probability[index] = probabilities[bits.read(index, wordBits + 16, 16)] ?? 0;
  }
  return bigram;
}

function readTrigrams(
  bits: PackedBits,
  count: number,
  wordBits: number,
  probabilities: Float32Array,
): SourceModel['trigram'] {
  const previous = new Uint32Array(count);
  const probability = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    previous[index] = bits.read(index, 0, wordBits);
    probability[index] = probabilities[bits.read(index, wordBits, 16)] ?? 0;
  }
  return { previous, probability };
}

function tableAt(file: Buffer, offset: number): Float32Array {
  return Float32Array.from({ length: TABLE_ENTRIES }, (_, index) => file.readFloatLE(offset + index * 4) * TO_DECIMAL);
}

/** As many bits as the largest value needs. */
function bitsFor(value: number): number {
  return 32 - Math.clz32(value);
}

/** Entries of so many bits each, the lowest bit first. */
class PackedBits {
  readonly #file: Buffer;
  readonly #offset: number;
  readonly #entryBits: number;

  constructor(file: Buffer, offset: number, entryBits: number) {
    this.#file = file;
    this.#offset = offset;
    this.#entryBits = entryBits;
  }

  read(index: number, from: number, bits: number): number {
    const start = index * this.#entryBits + from;
    const byte = this.#offset + Math.floor(start / 8);
    const value = this.#file.readUIntLE(byte, 5);
    return Math.floor(value / 2 ** (start % 8)) % 2 ** bits;
  }

  /** What so many entries take in the file: one more for the end, and a margin of eight bytes. */
  bytesFor(count: number): number {
    return Math.floor(((count + 1) * this.#entryBits + 7) / 8) + 8;
  }
}
