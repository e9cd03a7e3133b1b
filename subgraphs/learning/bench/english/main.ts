/*
 * `npm run bench:english`: how well English is corrected, beside harper alone in the same run. Prints figures; a goal that is
 * missed is a figure like any other.
 */
import { EnglishChecker } from '@tutorgraph/learning/english/english-checker';
import { asInCorpus, asWritten, type Corpus, readCorpora } from './corpus.ts';
import { gleu } from './gleu.ts';
import { HarperAlone } from './harper-alone.ts';

const LEAST_ADVANTAGE = 2;
const ESSAY_WORDS = 200;
const ESSAY_MS = 300;
const ESSAYS = 15;

interface Row {
  what: string;
  figure: string;
  goal?: string;
  isMet?: boolean;
  beside?: string;
}

// biome-ignore lint/style/noProcessEnv: a program of its own; this is its one setting
const folder = process.env['JFLEG_DIR'];
const harper = new HarperAlone();
const checker = new EnglishChecker();
try {
  for (const corpus of readCorpora(folder)) {
    process.stdout.write(
      `JFLEG ${corpus.name}: ${corpus.sources.length} sentences, ${corpus.references.length} references\n`,
    );
    process.stdout.write(`${tableOf(await measure(corpus))}\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await checker.close();
}

async function measure(corpus: Corpus): Promise<Row[]> {
  const judged = (outputs: readonly string[]): number =>
    gleu(
      corpus.sources.map((source, index) => ({
        source,
        output: outputs[index] ?? '',
        references: corpus.references.map((reference) => reference[index] ?? ''),
      })),
    );
  const asIs = judged(await inTurn(corpus.sources, async (text) => asInCorpus((await harper.correct(text)).corrected)));
  const plain = judged(
    await inTurn(corpus.sources, async (text) => asInCorpus((await harper.correct(asWritten(text))).corrected)),
  );
  const peer = Math.max(asIs, plain);
  const own = judged(await inTurn(corpus.sources, async (text) => asInCorpus((await checker.check(text)).corrected)));
  const correct = [...new Set(corpus.references.flat())];
  const [edited, peerEdited] = await Promise.all([
    shareOf(correct, async (text) => (await checker.check(text)).edits.length > 0),
    shareOf(correct, async (text) => (await harper.correct(text)).isEdited),
  ]);
  const essay = await essayTime(corpus.sources);
  const least = peer + LEAST_ADVANTAGE;
  const beside = `${peer.toFixed(2)} harper's first suggestions (${asIs.toFixed(2)} as the corpus is cut, ${plain.toFixed(2)} as written)`;
  return [
    { what: 'GLEU of what was written', figure: judged(corpus.sources).toFixed(2) },
    {
      what: 'GLEU of what the checker corrected',
      figure: own.toFixed(2),
      goal: `≥ ${least.toFixed(2)}`,
      isMet: own >= least,
      beside: `${signed(own - peer)} to ${beside}`,
    },
    {
      what: `correct sentences that are edited, of ${correct.length}`,
      figure: percent(edited),
      goal: "< harper's",
      isMet: edited < peerEdited,
      beside: `${(edited / peerEdited).toFixed(2)} × harper alone (${percent(peerEdited)})`,
    },
    {
      what: `an essay of ${ESSAY_WORDS} words, p50`,
      figure: `${essay.toFixed(0)} ms`,
      goal: `≤ ${ESSAY_MS} ms`,
      isMet: essay <= ESSAY_MS,
    },
  ];
}

async function inTurn(texts: readonly string[], correct: (text: string) => Promise<string>): Promise<string[]> {
  const outputs: string[] = [];
  for (const text of texts) outputs.push(await correct(text));
  return outputs;
}

async function shareOf(texts: readonly string[], isEdited: (text: string) => Promise<boolean>): Promise<number> {
  let edited = 0;
  for (const text of texts) if (await isEdited(text)) edited += 1;
  return edited / texts.length;
}

/** Milliseconds of the middle one of several essays, each of other sentences, on a warm checker. */
async function essayTime(sentences: readonly string[]): Promise<number> {
  const words = sentences.map(asWritten).join(' ').split(' ');
  const times: number[] = [];
  for (let from = 0; from + ESSAY_WORDS <= words.length && times.length < ESSAYS; from += ESSAY_WORDS) {
    const started = performance.now();
    await checker.check(words.slice(from, from + ESSAY_WORDS).join(' '));
    times.push(performance.now() - started);
  }
  return times.sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, figure, goal = '', isMet, beside = '' }) => [
    what,
    figure,
    goal,
    isMet === undefined ? '' : isMet ? 'holds' : 'MISSED',
    beside,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
