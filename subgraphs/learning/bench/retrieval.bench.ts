import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { wordsOf } from '@tutorgraph/kit/ai/local-words';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { p95Within, perSecond } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { fitting } from '@tutorgraph/learning/assistant/fit.rules';
import { languageOf } from '@tutorgraph/learning/knowledge/knowledge.rules';
import { type LocalKnowledge, localKnowledge } from '@tutorgraph/learning/knowledge/knowledge-embedder';
import { findPassages, type Passage } from '@tutorgraph/learning/knowledge/retrieval';

interface Judged {
  question: string;
  answers: string[];
}

const GOAL = 0.9;

/** What is found for questions as students ask them, and how long it takes. */
export async function bench(compare: Compare): Promise<void> {
  const graph = await startTestGraph(['learning'], benchDatabase, { ASSISTANT_KNOWLEDGE: 'shipped' });
  const knowledge = await localKnowledge();
  await ready(graph);
  const sets = { tuning: await judged<Judged>('tuning'), 'held out': await judged<Judged>('held-out') };
  for (const [name, set] of Object.entries(sets)) await printRecall(graph, knowledge, name, set);
  const foreign = await judged<string>('off-topic');
  const fits = await Promise.all(
    foreign.map(async (question) => {
      const passages = await find(graph, knowledge, question, true);
      return fitting(question, passages, knowledge.embedder.model).length > 0;
    }),
  );
  print(
    `questions of another matter for which nothing is found: ${share(fits.filter((fit) => !fit).length, foreign.length)}`,
  );
  const questions = Object.values(sets).flatMap((set) => set.map(({ question }) => question));
  const ask = (index: number, byMeaning: boolean) =>
    find(graph, knowledge, questions[index % questions.length] ?? '', byMeaning);
  await compare({
    name: 'passages for a question',
    load: repeat((index) => ask(index, true)),
    peer: { name: 'by words alone', load: repeat((index) => ask(index, false)) },
    goal: p95Within(50),
  });
  await compare({
    name: 'embed a question locally',
    load: repeat(async (index) => knowledge.embedder.embed([`${questions[index % questions.length]} ${index}`])),
    peer: {
      name: 'its stems alone',
      load: repeat(async (index) => wordsOf(`${questions[index % questions.length]} ${index}`)),
    },
    goal: perSecond(5_000),
  });
  await graph.close();
}

async function printRecall(
  graph: TestGraph,
  knowledge: LocalKnowledge,
  name: string,
  set: readonly Judged[],
): Promise<void> {
  const hits = { own: 0, first: 0, words: 0 };
  for (const { question, answers } of set) {
    const isRight = ({ slug }: Passage): boolean => answers.includes(slug ?? '');
    const found = await find(graph, knowledge, question, true);
    if (found.some(isRight)) hits.own++;
    if (found[0] && isRight(found[0])) hits.first++;
    if ((await find(graph, knowledge, question, false)).some(isRight)) hits.words++;
  }
  const recall = hits.own / set.length;
  print(
    `${name}, ${set.length} questions: recall@5 ${recall.toFixed(3)} (goal ≥ ${GOAL}${recall >= GOAL ? '' : ', MISSED'}), ` +
      `first ${share(hits.first, set.length)}; full text alone ${share(hits.words, set.length)}, ratio ${(hits.own / hits.words).toFixed(2)}`,
  );
}

function find(
  graph: TestGraph,
  { embedder }: LocalKnowledge,
  question: string,
  byMeaning: boolean,
): Promise<Passage[]> {
  const room = graph.rooms.get('learning');
  if (!room) throw new Error('The learning room was not started');
  const [values = []] = byMeaning ? embedder.embed([question]) : [];
  const vector = byMeaning ? { model: embedder.model, values } : null;
  return findPassages(room.orm.em.fork(), { question, language: languageOf(question), vector, userId: null });
}

async function ready(graph: TestGraph): Promise<void> {
  const em = graph.rooms.get('learning')?.orm.em;
  while ((await em?.fork().execute('select from learning.knowledge_models'))?.length === 0) await delay(100);
}

async function judged<Row>(name: string): Promise<Row[]> {
  return JSON.parse(await readFile(new URL(`../data/judged/${name}.json`, import.meta.url), 'utf8'));
}

function share(count: number, of: number): string {
  return (count / of).toFixed(3);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
