import { createAiClient } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { answers, OpenAiServer, refuses, type Treatment } from '@tutorgraph/kit/testing/openai-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moderateTextJob } from '../src/moderation/moderate-text.job.js';
import { Market, type TestTutor } from './market.js';
import { jobsDone, waitingCases } from './moderation.js';

const server = new OpenAiServer();
let market: Market;

beforeAll(async () => {
  await server.listen();
  market = await Market.open({ OPENAI_API_KEY: 'key', OPENAI_BASE_URL: server.url });
});

afterAll(async () => {
  await market.close();
  await server.close();
});

/** Finds what is planted in a text, as the provider's moderation would. */
const moderates: Treatment = (response, { input }, request) => {
  const results = (Array.isArray(input) ? input : []).map((text) => {
    const score = /planted harassment/.test(String(text)) ? 0.93 : /planted doubt/.test(String(text)) ? 0.5 : 0.01;
    return { flagged: score > 0.9, categories: { harassment: score > 0.9 }, category_scores: { harassment: score } };
  });
  return answers({ id: 'm', model: 'omni-moderation-latest', results })(response, {}, request);
};

/** Lets the model wait with its answer to what is planted until it is told to. */
function hesitates(): { asked: Promise<void>; answer: () => void } {
  const asked = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  server.will(async (response, body, request) => {
    if (JSON.stringify(body).includes('planted')) {
      asked.resolve();
      await told.promise;
    }
    return moderates(response, body, request);
  });
  return { asked: asked.promise, answer: told.resolve };
}

async function reviewed(text: string): Promise<{ id: string; tutor: TestTutor }> {
  const [student, tutor] = [await market.student(), await market.tutor()];
  const bookingId = await market.booking(student, tutor, 'COMPLETED');
  const { id } = await market.made('reviewTutor', { bookingId, rating: 5, text }, student, 'review');
  return { id, tutor };
}

async function shown({ tutorId }: TestTutor): Promise<unknown> {
  const query = 'query ($id: ID!) { tutor(id: $id) { headline biography reviewCount } }';
  return (await market.run(query, { id: tutorId })).data['tutor'];
}

/** The job, to be worked by hand, so that nobody waits for its pauses. */
async function byHand() {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  const logger = createLogger({ service: 'test', level: 'silent' });
  const ai = await createAiClient({ apiKey: 'key', baseUrl: server.url, logger, metrics: new Metrics() });
  const run = { id: 'test', signal: new AbortController().signal, logger };
  return { job: moderateTextJob(room.orm.em, ai), run };
}

const decisions = (targetId: string) =>
  market.sql(
    `select judge, model, outcome, degraded from marketplace.moderation_decisions where target_id = ? order by created_at, id`,
    [targetId],
  );

describe('the moderation model', () => {
  it('keeps back a review that it flags, with its category and confidence', async () => {
    server.will(moderates);
    const { id, tutor } = await reviewed('A planted harassment');
    await jobsDone(market, 'moderate-text');
    expect(await shown(tutor)).toMatchObject({ reviewCount: 0 });
    const [found] = await waitingCases(market, tutor.tutorId);
    expect(found).toMatchObject({ held: true, texts: [{ field: 'text', text: 'A planted harassment' }] });
    expect(found?.decisions).toMatchObject([
      {
        judge: 'MODEL',
        model: 'omni-moderation-latest',
        outcome: 'IN_REVIEW',
        findings: [{ category: 'harassment', confidence: 0.93, field: 'text' }],
      },
    ]);
    expect(await decisions(id)).toMatchObject([{ judge: 'LOCAL', outcome: 'PUBLISHED' }, { judge: 'MODEL' }]);
  });

  it('queues what it is not sure of, and lets the rest be', async () => {
    server.will(moderates);
    const [doubtful, clean] = [await reviewed('A planted doubt'), await reviewed('Clear and kind')];
    await jobsDone(market, 'moderate-text');
    expect(await shown(doubtful.tutor)).toMatchObject({ reviewCount: 1 });
    expect(await waitingCases(market, doubtful.tutor.tutorId)).toMatchObject([{ held: false }]);
    expect(await waitingCases(market, clean.tutor.tutorId)).toEqual([]);
    expect(await decisions(clean.id)).toMatchObject([{ judge: 'LOCAL' }, { judge: 'MODEL', outcome: 'PUBLISHED' }]);
  });

  it('brings the accepted text of a profile back when it flags a newer one', async () => {
    server.will(moderates);
    const tutor = await market.tutor({ biography: 'Ten years at school' });
    await jobsDone(market, 'moderate-text');
    await market.mutate('updateTutorProfile', { headline: 'Kind', biography: 'A planted harassment' }, tutor);
    await jobsDone(market, 'moderate-text');
    expect(await shown(tutor)).toMatchObject({ headline: 'Kind', biography: 'Ten years at school' });
    const [found] = await waitingCases(market, tutor.tutorId, { kinds: ['PROFILE'] });
    const staff = await market.graph.person('HR');
    await market.mutate('decideModeration', { caseId: found?.id, decision: 'PUBLISH' }, staff);
    expect(await shown(tutor)).toMatchObject({ headline: 'Kind', biography: 'A planted harassment' });
  });

  it('judges a version once, however often its job runs', async () => {
    server.will(moderates);
    const { id } = await reviewed('A planted harassment');
    await jobsDone(market, 'moderate-text');
    const asked = server.requests.length;
    const { job, run } = await byHand();
    await job.handler({ kind: 'REVIEW', targetId: id, version: 1 }, { ...run, attempt: 2 });
    expect(server.requests).toHaveLength(asked);
    expect(await decisions(id)).toHaveLength(2);
  });

  it('leaves what staff decided meanwhile as it is', async () => {
    const { asked, answer } = hesitates();
    const { tutor } = await reviewed('A planted harassment of an idiot');
    await asked;
    const [found] = await waitingCases(market, tutor.tutorId);
    const staff = await market.graph.person('HR');
    await market.mutate('decideModeration', { caseId: found?.id, decision: 'PUBLISH' }, staff);
    answer();
    await jobsDone(market, 'moderate-text');
    expect(await shown(tutor)).toMatchObject({ reviewCount: 1 });
    expect(await waitingCases(market, tutor.tutorId)).toEqual([]);
  });

  it('has no say about a text that changed while it was asked', async () => {
    const { asked, answer } = hesitates();
    const tutor = await market.tutor({ biography: 'A planted harassment' });
    await asked;
    await market.mutate('updateTutorProfile', { biography: 'Ten years at school' }, tutor);
    answer();
    await jobsDone(market, 'moderate-text');
    expect(await shown(tutor)).toMatchObject({ biography: 'Ten years at school' });
    expect(await waitingCases(market, tutor.tutorId)).toEqual([]);
  });
});

describe('a model that gives no answer', () => {
  it('is asked again; in the end what the local rules say stands, and is marked so', async () => {
    server.will(moderates);
    const { id: targetId, tutor } = await reviewed('Clear and kind');
    await jobsDone(market, 'moderate-text');
    // As if nobody had judged it.
    await market.sql('update marketplace.reviews set version = 2 where id = ?', [targetId]);
    server.will(refuses(400));
    const { job, run } = await byHand();
    const payload = { kind: 'REVIEW', targetId, version: 2 } as const;
    await expect(job.handler(payload, { ...run, attempt: 1 })).rejects.toThrow(AiUnavailableError);
    await job.handler(payload, { ...run, attempt: (job.retries ?? 0) + 1 });
    expect(await shown(tutor)).toMatchObject({ reviewCount: 1 });
    expect((await decisions(targetId)).at(-1)).toMatchObject({
      judge: 'MODEL',
      model: null,
      outcome: 'PUBLISHED',
      degraded: true,
    });
  });
});
