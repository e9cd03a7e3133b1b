const LONGEST = 4;
const ROUNDS = 500;

/** A sentence as it came, as a system left it, and as each of the annotators corrected it; words between spaces. */
export interface Judged {
  source: string;
  output: string;
  references: readonly string[];
}

/**
 * GLEU of Napoles, Sakaguchi, Post and Tetreault (2015), in the version of 2016 that needs no tuning, times 100: n-grams of one
 * to four words that the output shares with the reference, less those that it shares with the source alone, with the brevity
 * penalty of BLEU, over the whole corpus. Each of 500 rounds draws one reference for each sentence (our own generator with a
 * fixed seed, so two runs draw alike); the mean of the rounds is returned.
 */
export function gleu(sentences: readonly Judged[]): number {
  const statistics = sentences.map((sentence) => sentence.references.map((reference) => compare(sentence, reference)));
  let sum = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const random = generator(round * 101 + 1);
    const total = new Float64Array(2 + 2 * LONGEST);
    for (const ofReferences of statistics) {
      const drawn = ofReferences[Math.floor(random() * ofReferences.length)];
      if (drawn) for (const [index, value] of drawn.entries()) total[index] = (total[index] ?? 0) + value;
    }
    sum += scoreOf(total);
  }
  return (100 * sum) / ROUNDS;
}

/** Length of output and reference, then for each n the matching n-grams and all of them. */
function compare({ source, output }: Judged, reference: string): Float64Array {
  const [sourceWords, outputWords, referenceWords] = [wordsOf(source), wordsOf(output), wordsOf(reference)];
  const statistics = new Float64Array(2 + 2 * LONGEST);
  statistics.set([outputWords.length, referenceWords.length]);
  for (let length = 1; length <= LONGEST; length++) {
    const ofOutput = countsOf(outputWords, length);
    const ofReference = countsOf(referenceWords, length);
    let matches = 0;
    for (const [gram, count] of ofOutput) matches += Math.min(count, ofReference.get(gram) ?? 0);
    for (const [gram, count] of countsOf(sourceWords, length))
      if (!ofReference.has(gram)) matches -= Math.min(count, ofOutput.get(gram) ?? 0);
    statistics[2 * length] = Math.max(0, matches);
    statistics[2 * length + 1] = Math.max(0, outputWords.length + 1 - length);
  }
  return statistics;
}

function scoreOf(statistics: Float64Array): number {
  if (statistics.includes(0)) return 0;
  const [outputLength = 0, referenceLength = 0] = statistics;
  let logarithm = 0;
  for (let length = 1; length <= LONGEST; length++)
    logarithm += Math.log((statistics[2 * length] ?? 0) / (statistics[2 * length + 1] ?? 1)) / LONGEST;
  return Math.exp(Math.min(0, 1 - referenceLength / outputLength) + logarithm);
}

function wordsOf(sentence: string): string[] {
  return sentence.split(/\s+/).filter(Boolean);
}

function countsOf(words: readonly string[], length: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let from = 0; from + length <= words.length; from++) {
    const gram = words.slice(from, from + length).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** Numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
