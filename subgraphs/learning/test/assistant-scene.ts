import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { ExecutionResult } from 'graphql';
import { expect } from 'vitest';
import { KnowledgeModel } from '../src/knowledge/knowledge.entity.js';
import type { Learning } from './learning-fixtures.js';

/** Time that events and jobs get on a slow machine. */
const PATIENCE = { timeout: 20_000, interval: 20 };

const MESSAGE = `id sequence role text status outcome degraded model responseMs rating resolved
  citations { number title startsAt endsAt entry { id title body } } author { id }`;
const ASKED = `session { id title } question { id text } answer { ${MESSAGE} }`;
const HEARD = `subscription ($answerId: ID!, $after: String) { assistantAnswer(answerId: $answerId, after: $after) {
  cursor offset piece isComplete answer { ${MESSAGE} } } }`;
const SESSION = `query ($id: ID!) { chatSession(id: $id) { id title handOver { id status takenBy { id } } messages(first: 50) {
  edges { node { ${MESSAGE} } } } } }`;

/** An answer as the graph gives it. */
export interface Answer {
  id: string;
  sequence: number;
  role: string;
  text: string;
  status: string;
  outcome: string | null;
  degraded: boolean;
  model: string | null;
  responseMs: number | null;
  rating: string | null;
  resolved: boolean | null;
  citations: {
    number: number;
    title: string;
    startsAt: number;
    endsAt: number;
    entry: { id: string; title: string; body: string } | null;
  }[];
}

/** One event of the subscription. */
export interface Heard {
  cursor: string;
  offset: number;
  piece: string | null;
  isComplete: boolean;
  answer: Answer;
}

/** What askAssistant gives. */
export interface Asked {
  session: { id: string; title: string };
  question: { id: string; text: string };
  answer: Answer;
}

/** Asks and does not wait. */
export async function ask(
  learning: Learning,
  person: TestPerson,
  question: string,
  input: object = {},
): Promise<Asked> {
  const { payload, refused, codes } = await learning.mutate('askAssistant', { question, ...input }, person, ASKED);
  expect([refused, codes]).toEqual([[], []]);
  return payload as unknown as Asked;
}

/** What somebody hears of an answer until it is complete, or until so many events have come. */
export async function listen(
  learning: Learning,
  person: TestPerson,
  answerId: string,
  { after, most = Number.POSITIVE_INFINITY }: { after?: string; most?: number } = {},
): Promise<Heard[]> {
  const live = await learning.graph.subscribe('learning', HEARD, { answerId, after }, person);
  const heard: Heard[] = [];
  while (heard.length < most) {
    const { value, done } = await live.next();
    if (done) break;
    heard.push((value as ExecutionResult<{ assistantAnswer: Heard }>).data?.assistantAnswer as Heard);
  }
  await live.return?.();
  return heard;
}

/** The text that a client has after these events. */
export function textOf(heard: readonly Heard[]): string {
  return heard.reduce((text, { piece, offset }) => (piece === null ? text : text.slice(0, offset) + piece), '');
}

/** Asks and waits for the complete answer. */
export async function answerTo(
  learning: Learning,
  person: TestPerson,
  question: string,
  input: object = {},
): Promise<Answer> {
  const { answer } = await ask(learning, person, question, input);
  const heard = await listen(learning, person, answer.id);
  const last = heard.at(-1);
  expect(last?.isComplete).toBe(true);
  expect(textOf(heard)).toBe(last?.answer.text);
  return last?.answer as Answer;
}

/** A conversation as somebody sees it; null when they do not. */
export async function conversation(learning: Learning, person: TestPerson, id: string) {
  return learning.ask<{
    handOver: { id: string; status: string; takenBy: { id: string } | null } | null;
    messages: { edges: { node: Answer & { author: { id: string } | null } }[] };
  } | null>(SESSION, { id }, person);
}

/** Waits until the knowledge base can be searched by a model. */
export async function ready(learning: Learning, model: RegExp): Promise<void> {
  for (;;) {
    const models = await learning.em.find(KnowledgeModel, {});
    if (models.some((known) => model.test(known.model))) return;
    await delay(50);
  }
}

/** Waits for something to become so. */
export function eventually<Value>(value: () => Promise<Value>) {
  return expect.poll(value, PATIENCE);
}

/** A question and the entries that answer it. */
export interface Judged {
  question: string;
  answers: string[];
}

/** A set of judged questions. */
export async function judged<Set = Judged[]>(name: string): Promise<Set> {
  return JSON.parse(await readFile(new URL(`../data/judged/${name}.json`, import.meta.url), 'utf8'));
}
