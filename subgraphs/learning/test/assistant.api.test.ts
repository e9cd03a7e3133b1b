import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AssistantMessage, AssistantSession } from '../src/assistant/assistant.entity.js';
import { fitting } from '../src/assistant/fit.rules.js';
import { coursePublished } from '../src/events.js';
import { KnowledgeEntry } from '../src/knowledge/knowledge.entity.js';
import { languageOf } from '../src/knowledge/knowledge.rules.js';
import { localKnowledge } from '../src/knowledge/knowledge-embedder.js';
import { findPassages, type Passage } from '../src/knowledge/retrieval.js';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import {
  answerTo,
  ask,
  conversation,
  eventually,
  type Judged,
  judged,
  listen,
  ready,
  textOf,
} from './assistant-scene.js';
import { Learning } from './learning-fixtures.js';

let learning: Learning;
let asker: TestPerson;
let admin: TestPerson;
beforeAll(async () => {
  learning = await Learning.open({ ASSISTANT_KNOWLEDGE: 'shipped' });
  asker = await learning.graph.person('STUDENT');
  admin = await learning.graph.person('ADMIN');
  await ready(learning, /local/);
}, 120_000);
afterAll(() => learning?.close());

async function found(question: string, userId: string | null = null): Promise<Passage[]> {
  const { embedder } = await localKnowledge();
  const [values = []] = embedder.embed([question]);
  const vector = { model: embedder.model, values };
  const passages = await findPassages(learning.em, { question, language: languageOf(question), vector, userId });
  return fitting(question, passages, vector.model);
}

describe('what is found in the knowledge base', () => {
  it.each(['tuning', 'held-out'])(
    'answers at least nine of ten questions of the set %s',
    async (name) => {
      const set = await judged(name);
      const { embedder } = await localKnowledge();
      const isHit = async ({ question, answers }: Judged): Promise<boolean> => {
        const [values = []] = embedder.embed([question]);
        const vector = { model: embedder.model, values };
        const search = { question, language: languageOf(question), vector, userId: null };
        return (await findPassages(learning.em, search)).some(({ slug }) => answers.includes(slug ?? ''));
      };
      const hits = (await Promise.all((set as Judged[]).map(isHit))).filter(Boolean).length;
      expect(hits / set.length).toBeGreaterThanOrEqual(0.9);
    },
    120_000,
  );

  it('is nothing for most questions that are none of the school’s matter', async () => {
    const questions = await judged<string[]>('off-topic');
    const declined = await Promise.all(questions.map(async (question) => (await found(question)).length === 0));
    expect(declined.filter(Boolean).length / questions.length).toBeGreaterThanOrEqual(0.8);
  });

  it('is in the language of the question, and each entry once', async () => {
    const passages = await found('Когда ставить артикль the?');
    expect(passages[0]?.language).toBe('ru');
    expect(new Set(passages.map(({ slug }) => slug)).size).toBe(passages.length);
  });

  it('holds lessons only for those to whom they are open', async () => {
    const { versionId, courseId, lessonIds, person } = await learning.classroom({
      modules: [2],
      chained: true,
      lessons: {
        0: { body: 'The glockenspiel is a percussion instrument. Say: I play the glockenspiel every evening.' },
        1: { body: 'The theremin is played without touching it. Say: she plays the theremin at weekends.' },
      },
    });
    await transaction(learning.em, async (tx) => {
      recordEvent(tx, coursePublished.create({ subject: courseId, data: { versionId } }));
    });
    await eventually(() => learning.em.count(KnowledgeEntry, { lessonId: { $in: lessonIds } })).toBe(2);
    const lessonsFound = async (question: string, userId: string | null): Promise<unknown[]> =>
      (await found(question, userId)).flatMap(({ lessonId }) => lessonId ?? []);
    expect(await lessonsFound('how do I say that I play the glockenspiel', person.userId)).toEqual([lessonIds[0]]);
    expect(await lessonsFound('how is the theremin played', person.userId)).not.toContain(lessonIds[1]);
    expect(await lessonsFound('how do I say that I play the glockenspiel', asker.userId)).toEqual([]);
    expect(await lessonsFound('how do I say that I play the glockenspiel', null)).toEqual([]);
    const [lesson] = await learning.em.find(KnowledgeEntry, { lessonId: lessonIds[0] ?? '' });
    const read = (reader: TestPerson) =>
      learning.ask('query ($id: ID!) { knowledgeEntry(id: $id) { kind } }', { id: lesson?.id }, reader);
    expect(await read(person)).toEqual({ kind: 'LESSON' });
    expect(await read(asker)).toBeNull();
  });
});

describe('the assistant without a language model', () => {
  it.each([
    ['Можно ли перенести дедлайн по домашке?', /отсрочк|продл/i, 'Вот что говорят'],
    ['What is the difference between make and do?', /\bmake\b/i, 'Here is what'],
  ])(
    'answers “%s” from the sources, in the language of the question, and says that it is degraded',
    async (question, says, begin) => {
      const answer = await answerTo(learning, asker, question);
      expect(answer).toMatchObject({ role: 'ASSISTANT', outcome: 'ANSWERED', degraded: true });
      expect(answer.text).toMatch(says);
      expect(answer.text).toContain(begin);
      expect(answer.text).toContain('[1]');
      const [citation] = answer.citations;
      const quoted = citation?.entry?.body.slice(citation.startsAt, citation.endsAt);
      expect(answer.text).toContain(`\n\n${quoted} [1]`);
    },
  );

  it('says so when nothing fits, and offers a curator', async () => {
    const answer = await answerTo(learning, asker, 'рецепт борща со свёклой');
    expect(answer).toMatchObject({ outcome: 'NOTHING_FOUND', citations: [] });
    expect(answer.text).toContain('куратор');
  });

  it('understands a short question by the one before it', async () => {
    const { session, answer } = await ask(learning, asker, 'How is the ending -ed pronounced?');
    await listen(learning, asker, answer.id);
    const next = await answerTo(learning, asker, 'and in asked?', { sessionId: session.id });
    expect(next.citations[0]?.title).toContain('-ed');
    const seen = await conversation(learning, asker, session.id);
    expect(seen?.messages.edges.map(({ node }) => [node.sequence, node.role])).toEqual([
      [1, 'STUDENT'],
      [2, 'ASSISTANT'],
      [3, 'STUDENT'],
      [4, 'ASSISTANT'],
    ]);
  });

  it('asks once for one idempotency key', async () => {
    const input = { idempotencyKey: newId() };
    const [one, two] = await Promise.all([1, 2].map(() => ask(learning, asker, 'When do I use used to?', input)));
    expect(two?.answer.id).toBe(one?.answer.id);
    const other = await learning.mutate('askAssistant', { question: 'Something else', ...input }, asker);
    expect(other.refused).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('gives an answer that a dead process has left behind as soon as somebody listens', async () => {
    const em = learning.em;
    const at = new Date(Date.now() - 60_000);
    const session = em.create(AssistantSession, {
      ...{ id: newId(), userId: asker.userId, title: 'Left', language: 'en', lastSequence: 2 },
      ...{ lastMessageAt: at, createdAt: at },
    });
    const message = { sessionId: session.id, citations: [], createdAt: at };
    em.create(AssistantMessage, {
      ...{ ...message, id: newId(), sequence: 1, role: 'STUDENT', status: 'DONE', text: 'How do I submit homework?' },
    });
    const answer = em.create(AssistantMessage, {
      ...{ ...message, id: newId(), sequence: 2, role: 'ASSISTANT', status: 'WRITING', text: 'Half of', revision: 1 },
    });
    await em.flush();
    const heard = await listen(learning, asker, answer.id);
    expect(heard.at(-1)?.answer).toMatchObject({ status: 'DONE', outcome: 'ANSWERED', degraded: true });
    expect(textOf(heard)).toBe(heard.at(-1)?.answer.text);
    expect(textOf(heard)).not.toContain('Half of');
  });

  it('can be heard whole once it is complete, also behind its end', async () => {
    const answer = await answerTo(learning, asker, 'What is the difference between say and tell?');
    const heard = await listen(learning, asker, answer.id);
    expect(heard.map(({ piece, offset, isComplete }) => [piece, offset, isComplete])).toEqual([[answer.text, 0, true]]);
    const again = await listen(learning, asker, answer.id, { after: heard[0]?.cursor ?? '' });
    expect(textOf(again)).toBe(answer.text);
    expect(again.at(-1)?.isComplete).toBe(true);
  });

  it('asks the database as often for many conversations as for one', async () => {
    const person = await learning.graph.person('STUDENT');
    const query = `query ($first: Int) { chatSessions(first: $first) { edges { node { id user { id } handOver { id }
      messages(first: 10) { edges { node { text citations { title entry { title } } } } } } } } }`;
    for (let index = 0; index < 3; index++) {
      await answerTo(learning, person, 'How do I pronounce the sound th?');
    }
    const count = async (first: number) =>
      (await withStatements(() => learning.run(query, { first }, person))).statements.length;
    expect(await count(3)).toBe(await count(1));
  });

  it('is heard and read by nobody else', async () => {
    const { session, answer } = await ask(learning, asker, 'What is a phrasal verb?');
    const stranger = await learning.graph.person('STUDENT');
    await expect(listen(learning, stranger, answer.id)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await expect(listen(learning, admin, answer.id)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(await conversation(learning, stranger, session.id)).toBeNull();
    expect(await conversation(learning, admin, session.id)).toBeNull();
    const into = await learning.mutate('askAssistant', { question: 'And?', sessionId: session.id }, stranger);
    expect(into.refused).toEqual(['NOT_FOUND']);
    const rated = await learning.mutate('rateAssistantAnswer', { answerId: answer.id, rating: 'HELPFUL' }, stranger);
    expect(rated.refused).toEqual(['NOT_FOUND']);
  });
});

describe('a question that is handed over', () => {
  it('waits for the student’s curator, who reads the conversation, takes and settles it', async () => {
    const { curator, person } = await learning.classroom();
    const other = await learning.graph.person('CURATOR');
    const { session, answer } = await ask(learning, person, 'Хочу сменить группу');
    await listen(learning, person, answer.id);
    const opened = await Promise.all(
      [1, 2].map(() =>
        learning.mutate('handOverToCurator', { sessionId: session.id, note: 'срочно' }, person, 'handOver { id }'),
      ),
    );
    const ids = opened.map(({ payload }) => (payload?.['handOver'] as { id: string } | undefined)?.id ?? '');
    expect(new Set(ids).size).toBe(1);
    const [handOverId = ''] = ids;
    expect(await queueOf(curator)).toContain(handOverId);
    expect(await queueOf(admin)).toContain(handOverId);
    expect(await queueOf(other)).not.toContain(handOverId);
    expect(await conversation(learning, curator, session.id)).toMatchObject({ handOver: { status: 'OPEN' } });
    expect(await conversation(learning, other, session.id)).toBeNull();
    expect((await learning.mutate('takeHandOver', { handOverId }, other)).refused).toEqual(['NOT_FOUND']);
    expect((await learning.mutate('takeHandOver', { handOverId }, person)).codes).toEqual(['FORBIDDEN']);
    expect((await learning.mutate('takeHandOver', { handOverId }, curator)).refused).toEqual([]);
    const closing = { handOverId, answer: 'Перевёл вас в вечернюю группу.' };
    expect((await learning.mutate('closeHandOver', closing, curator)).refused).toEqual([]);
    expect((await learning.mutate('closeHandOver', closing, curator)).refused).toEqual(['HAND_OVER_CLOSED']);
    const seen = await conversation(learning, person, session.id);
    expect(seen?.handOver).toMatchObject({ status: 'CLOSED', takenBy: { id: curator.userId } });
    expect(seen?.messages.edges.map(({ node }) => node).at(-1)).toMatchObject({
      ...{ role: 'CURATOR', text: closing.answer, author: { id: curator.userId } },
    });
    expect(seen?.messages.edges[1]?.node.resolved).toBe(false);
  });

  async function queueOf(person: TestPerson): Promise<string[]> {
    const query = '{ handOvers(first: 50) { edges { node { id note session { title } student { id } } } } }';
    const { edges } = await learning.ask<{ edges: { node: { id: string } }[] }>(query, {}, person);
    return edges.map(({ node }) => node.id);
  }
});

describe('figures of the assistant', () => {
  it('count ratings and what was settled, for those who read reports', async () => {
    const from = new Date();
    const good = await answerTo(learning, asker, 'How do tag questions work?');
    const bad = await answerTo(learning, asker, 'How do I get a certificate?');
    const rate = (answerId: string, rating: string) =>
      learning.mutate('rateAssistantAnswer', { answerId, rating }, asker, 'answer { rating resolved }');
    expect((await rate(good.id, 'HELPFUL')).payload?.['answer']).toEqual({ rating: 'HELPFUL', resolved: true });
    expect((await rate(bad.id, 'NOT_HELPFUL')).payload?.['answer']).toEqual({ rating: 'NOT_HELPFUL', resolved: false });
    const query = `query ($period: AssistantPeriodInput!) { assistantStats(period: $period) {
      questions resolvedShare medianResponseMs p95ResponseMs degradedShare helpful notHelpful nothingFound declined handedOver } }`;
    const period = { from, to: new Date(Date.now() + 60_000) };
    const stats = await learning.ask(query, { period }, admin);
    expect(stats).toMatchObject({ questions: 2, resolvedShare: 0.5, degradedShare: 1, helpful: 1, notHelpful: 1 });
    expect(stats['p95ResponseMs']).toBeGreaterThanOrEqual(Number(stats['medianResponseMs']));
    expect((await learning.run(query, { period }, asker)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('the knowledge base, for staff', () => {
  const entry = {
    kind: 'FAQ',
    language: 'EN',
    title: 'Where is the school’s aquarium?',
    body: 'The aquarium with the axolotl stands in the library on the ground floor, next to the coffee machine.',
    source: 'Told by the librarian',
  };
  const ENTRY = 'entry { id title source updatedBy { id } }';

  it('is edited by those who may; questions find what changed at once', async () => {
    const curator = await learning.graph.person('CURATOR');
    expect((await learning.mutate('upsertKnowledgeEntry', entry, asker)).codes).toEqual(['FORBIDDEN']);
    const made = await learning.mutate('upsertKnowledgeEntry', entry, curator, ENTRY);
    expect(made.payload?.['entry']).toMatchObject({ source: entry.source, updatedBy: { id: curator.userId } });
    const id = (made.payload?.['entry'] as { id: string } | undefined)?.id ?? '';
    expect((await found('where do I find the axolotl'))[0]?.entryId).toBe(id);
    const moved = { ...entry, entryId: id, body: entry.body.replaceAll('axolotl', 'pufferfish') };
    expect((await learning.mutate('upsertKnowledgeEntry', moved, curator)).refused).toEqual([]);
    expect((await found('where do I find the pufferfish'))[0]?.text).toContain('pufferfish');
    const list = `query ($search: String) { knowledgeEntries(filter: { search: $search, kind: FAQ, language: EN }) {
      edges { node { id source updatedBy { id } } } } }`;
    expect(await learning.ask(list, { search: 'pufferfish' }, asker)).toEqual({
      edges: [{ node: { id, source: null, updatedBy: null } }],
    });
    expect((await learning.mutate('deleteKnowledgeEntry', { entryId: id }, asker)).codes).toEqual(['FORBIDDEN']);
    expect((await learning.mutate('deleteKnowledgeEntry', { entryId: id }, curator)).refused).toEqual([]);
    expect((await learning.mutate('deleteKnowledgeEntry', { entryId: id }, curator)).refused).toEqual(['NOT_FOUND']);
    expect((await found('where do I find the pufferfish')).some(({ entryId }) => entryId === id)).toBe(false);
  });
});

describe('the privacy of whoever asks', () => {
  it('gives them all of their conversations, and leaves nothing when they are erased', async () => {
    const person = await learning.graph.person('STUDENT');
    const { session, answer } = await ask(learning, person, 'Secret question about the passive voice');
    await listen(learning, person, answer.id);
    await learning.mutate('handOverToCurator', { sessionId: session.id, note: 'Secret note' }, person);
    const collected = JSON.stringify((await learningPrivacy.collect(learning.em, person.userId)).sections);
    expect(collected).toContain('Secret question');
    expect(collected).toContain('Secret note');
    await transaction(learning.em, (tx) => learningPrivacy.erase(tx, person.userId));
    const left = JSON.stringify((await learningPrivacy.collect(learning.em, person.userId)).sections);
    expect(left).not.toContain('Secret');
    expect(await learning.em.count(AssistantMessage, { sessionId: session.id })).toBe(0);
  });
});
