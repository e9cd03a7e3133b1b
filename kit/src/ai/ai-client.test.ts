import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openNotes } from '../../test/support/notes.js';
import { transaction } from '../database/transaction.js';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { testDatabase } from '../testing/database.js';
import {
  answers,
  embeds,
  hangs,
  OpenAiServer,
  refuses,
  resets,
  says,
  stalls,
  type Treatment,
} from '../testing/openai-server.js';
import { type AiClient, type AiClientOptions, createAiClient } from './ai-client.js';
import { AiUnavailableError } from './failure.js';

const server = new OpenAiServer();
const lines: string[] = [];
const logger = createLogger({
  service: 'test',
  level: 'debug',
  destination: { write: (line) => void lines.push(line) },
});

beforeAll(() => server.listen());
afterAll(() => server.close());
beforeEach(() => {
  lines.length = 0;
});

function createClient(options: Partial<AiClientOptions> = {}): Promise<AiClient> {
  const metrics = new Metrics();
  // A budget that no test machine exhausts by being slow; what waits for its end makes it shorter.
  const request = { budgetMs: 20_000, firstPauseMs: 1, ...options.request };
  return createAiClient({ apiKey: 'key', baseUrl: server.url, logger, metrics, ...options, request });
}

const fallback = { model: 'local', answer: () => [[0, 0]] };
const subject = {
  name: 'subject',
  instructions: 'Name the subject',
  input: 'secret-prompt',
  schema: z.object({ subject: z.string(), level: z.int() }),
};
const noSubject = { model: 'rules', answer: () => ({ subject: 'other', level: 0 }) };

describe('AI client', () => {
  test('gives one vector a text, in their order, whatever the order of the answer', async () => {
    server.will(embeds);
    const answer = await (await createClient()).embed(['a', 'bbb', 'cc'], { fallback });
    expect(answer).toEqual({
      value: [
        [1, 1],
        [3, 1],
        [2, 1],
      ],
      degraded: false,
      model: 'text-embedding-3-small',
      attempts: 1,
    });
    expect(server.requests).toMatchObject([
      { path: '/v1/embeddings', authorization: 'Bearer key', body: { encoding_format: 'float' } },
    ]);
  });

  test('gives structured answers, parsed by the schema that it sends along', async () => {
    server.will(says('{"subject":"algebra","level":2}'));
    const answer = await (await createClient()).ask(subject, { fallback: noSubject });
    expect(answer).toMatchObject({ value: { subject: 'algebra', level: 2 }, degraded: false });
    expect(server.requests[0]?.body).toMatchObject({
      response_format: {
        type: 'json_schema',
        json_schema: { strict: true, schema: { required: ['subject', 'level'] } },
      },
    });
  });

  test('asks the model that a question names', async () => {
    server.will(says('{"subject":"algebra","level":2}'));
    const answer = await (await createClient()).background.ask({ ...subject, model: 'careful-one' });
    expect([answer.model, server.requests[0]?.body['model']]).toEqual(['careful-one', 'careful-one']);
  });

  test('says what a text was found to be', async () => {
    const categories = { violence: true, hate: false };
    server.will(answers({ results: [{ flagged: true, categories, category_scores: { violence: 0.9, hate: 0.1 } }] }));
    const client = await createClient({ models: { moderation: 'strict-one' } });
    const clean = { model: 'rules', answer: () => [] };
    const answer = await client.moderate(['text'], { fallback: clean });
    expect(answer.value).toEqual([{ flagged: true, categories: ['violence'], scores: { violence: 0.9, hate: 0.1 } }]);
    expect(answer.model).toBe('strict-one');
  });

  test.each<[string, Treatment]>([
    ['a rate limit', refuses(429, { 'retry-after-ms': '5' })],
    ['a rate limit with a date', refuses(429, { 'retry-after': new Date(0).toUTCString() })],
    ['a server fault', refuses(500)],
    ['a timeout of the provider', refuses(504)],
    ['a connection that is reset', resets],
    ['malformed JSON', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":')],
    ['an answer of another shape', answers({ data: [{ index: 0 }] })],
    ['too few vectors', answers({ data: [] })],
  ])('asks again after %s', async (_what, treatment) => {
    server.will(treatment, embeds);
    const answer = await (await createClient()).embed(['a'], { fallback });
    expect(answer).toMatchObject({ value: [[1, 1]], degraded: false, attempts: 2 });
  });

  test.each(['no JSON at all', '{"subject":"algebra"}', '{"subject":1,"level":2}'])(
    'asks again when the model answers %s, and falls back in the end',
    async (content) => {
      server.will(says(content));
      const answer = await (await createClient()).ask(subject, { fallback: noSubject });
      expect(answer).toEqual({ value: { subject: 'other', level: 0 }, degraded: true, model: 'rules', attempts: 3 });
    },
  );

  test('does not ask again what was refused', async () => {
    server.will(refuses(400));
    const answer = await (await createClient()).embed(['a'], { fallback });
    expect(answer).toEqual({ value: [[0, 0]], degraded: true, model: 'local', attempts: 1 });
  });

  test('asks again when one try takes too long and the budget has room', async () => {
    server.will(hangs, embeds);
    const client = await createClient({ request: { attemptMs: 50 } });
    expect(await client.embed(['a'], { fallback })).toMatchObject({ degraded: false, attempts: 2 });
  });

  test('falls back at once, without a request, when there is no key', async () => {
    server.will(embeds);
    const client = await createClient({ apiKey: undefined });
    expect(await client.embed(['a'], { fallback })).toEqual({
      value: [[0, 0]],
      degraded: true,
      model: 'local',
      attempts: 0,
    });
    await expect(client.background.embed(['a'])).rejects.toThrow(AiUnavailableError);
    expect(server.requests).toEqual([]);
  });

  test('logs each try without what was asked or answered', async () => {
    server.will(refuses(500), says('{"subject":"secret-answer","level":1}'));
    await (await createClient()).ask(subject, { fallback: noSubject });
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries).toMatchObject([
      { level: 'warn', kind: 'chat', attempt: 1, reason: 'server fault', status: 500 },
      { level: 'debug', kind: 'chat', attempt: 2 },
    ]);
    expect(lines.join('')).not.toMatch(/secret-prompt|secret-answer|prompt-echo/);
  });

  test('refuses to be called inside a transaction', async () => {
    const database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
    const orm = await openNotes(database.url, 'ai');
    const client = await createClient();
    const asked = transaction(orm.em, () => client.embed(['a'], { fallback }));
    await expect(asked).rejects.toThrow('AI was called inside a database transaction');
    await orm.close();
    await database.close();
  });

  test('counts calls by their outcome', async () => {
    const metrics = new Metrics();
    const client = await createClient({ metrics });
    server.will(embeds);
    await client.embed(['a'], { fallback });
    server.will(refuses(400));
    await client.embed(['a'], { fallback });
    const { body } = await metrics.expose();
    expect(body).toContain('ai_call_duration_seconds_count{kind="embeddings",outcome="answered"} 1');
    expect(body).toContain('ai_call_duration_seconds_count{kind="embeddings",outcome="refused"} 1');
  });
});

describe('the budget of an AI call', () => {
  /** Far beyond the budget, and far below what the server would take. */
  const muchLater = () => delay(5_000, 'much later', { ref: false });

  test.each<[string, Treatment]>([
    ['never answers', hangs],
    ['stops in the middle of its answer', stalls],
    ['sends its answer byte by byte', drips],
  ])('ends the call when the provider %s, and hangs up', async (_what, treatment) => {
    let hungUp: Promise<unknown> | undefined;
    server.will((response, body, request) => {
      hungUp = once(response, 'close');
      return treatment(response, body, request);
    });
    const client = await createClient({ request: { budgetMs: 60 } });
    const answer = await Promise.race([client.embed(['a'], { fallback }), muchLater()]);
    expect(answer).toMatchObject({ degraded: true, value: [[0, 0]] });
    await hungUp;
  });

  test('covers all tries and pauses together', async () => {
    server.will(refuses(500));
    const client = await createClient({ request: { budgetMs: 100, firstPauseMs: 30, maxAttempts: 1_000 } });
    const answer = await Promise.race([client.embed(['a'], { fallback }), muchLater()]);
    expect(answer).toMatchObject({ degraded: true });
    expect(server.requests.length).toBeLessThan(5);
  });

  test('is not spent on a pause that would not fit into it', async () => {
    server.will(refuses(429, { 'retry-after': '3600' }));
    const client = await createClient();
    const answer = await Promise.race([client.embed(['a'], { fallback }), muchLater()]);
    expect(answer).toMatchObject({ degraded: true, attempts: 1 });
  });

  test('ends early when the caller gives up, with the reason of the caller and no fallback', async () => {
    const caller = new AbortController();
    server.will(() => caller.abort(new Error('nobody waits')));
    const client = await createClient();
    await expect(client.embed(['a'], { fallback, signal: caller.signal })).rejects.toThrow('nobody waits');
  });
});

describe('background AI calls', () => {
  test('have a budget of their own and throw when there is no answer', async () => {
    // Of its own: the last try may come when the next test has begun.
    const silent = new OpenAiServer();
    await silent.listen();
    silent.will(hangs);
    const background = { budgetMs: 80, attemptMs: 20, firstPauseMs: 1 };
    const client = await createClient({ baseUrl: silent.url, background });
    const failure = await client.background.ask(subject).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AiUnavailableError);
    expect(failure).toMatchObject({ reason: 'timeout' });
    await vi.waitFor(() => expect(silent.requests.length).toBeGreaterThan(1));
    await silent.close();
  });

  test('answer like the others when the provider does', async () => {
    server.will(refuses(429, { 'retry-after-ms': '1' }), embeds);
    const client = await createClient({ background: { firstPauseMs: 1 } });
    expect(await client.background.embed(['aa'])).toMatchObject({ value: [[2, 1]], degraded: false, attempts: 2 });
  });
});

describe('the circuit breaker of AI calls', () => {
  const breaker = { failures: 2, halfOpenAfterMs: 50 };

  test('opens after failures in a row, so that the provider is left alone', async () => {
    server.will(refuses(500));
    const client = await createClient({ breaker: { ...breaker, halfOpenAfterMs: 60_000 } });
    const first = await client.embed(['a'], { fallback });
    // The third try finds the breaker open already.
    expect(first).toMatchObject({ degraded: true, attempts: 2 });
    const second = await client.embed(['a'], { fallback });
    expect(second).toMatchObject({ degraded: true, attempts: 0 });
    expect(server.requests).toHaveLength(2);
  });

  test('leaves other kinds of calls alone', async () => {
    server.will(refuses(500));
    const client = await createClient({ breaker: { ...breaker, halfOpenAfterMs: 60_000 } });
    await client.embed(['a'], { fallback });
    server.will(says('{"subject":"algebra","level":2}'));
    expect(await client.ask(subject, { fallback: noSubject })).toMatchObject({ degraded: false });
  });

  test('lets one trial call through after a while, and closes when it succeeds', async () => {
    server.will(refuses(500), refuses(500), embeds);
    const client = await createClient({ breaker });
    await client.embed(['a'], { fallback });
    await expect.poll(() => client.embed(['a'], { fallback })).toMatchObject({ degraded: false });
    expect(await client.embed(['a'], { fallback })).toMatchObject({ degraded: false, attempts: 1 });
    expect(lines.join('')).toMatch(/left alone a while.*answers again/s);
  });

  test('opens again when the trial call fails', async () => {
    server.will(refuses(500));
    const client = await createClient({ breaker });
    await client.embed(['a'], { fallback });
    await expect.poll(async () => (await client.embed(['a'], { fallback })).attempts).toBe(1);
    expect(server.requests).toHaveLength(3);
    expect(await client.embed(['a'], { fallback })).toMatchObject({ attempts: 0 });
  });

  test('lets nobody wait for the trial call longer than their own budget', async () => {
    server.will(refuses(500), refuses(500), hangs);
    const client = await createClient({
      breaker: { ...breaker, halfOpenAfterMs: 0 },
      request: { budgetMs: 150, maxAttempts: 2 },
    });
    await client.embed(['a'], { fallback });
    const both = Promise.all([client.embed(['a'], { fallback }), client.embed(['a'], { fallback })]);
    const answers = await Promise.race([both, delay(5_000, [], { ref: false })]);
    expect(answers).toMatchObject([{ degraded: true }, { degraded: true }]);
  });

  test('is not opened by questions that the provider refuses', async () => {
    server.will(refuses(400), refuses(400), refuses(400), embeds);
    const client = await createClient({ breaker });
    for (let index = 0; index < 3; index++) await client.embed(['a'], { fallback });
    expect(await client.embed(['a'], { fallback })).toMatchObject({ degraded: false });
  });
});

/** One byte every few milliseconds, for as long as somebody listens. */
async function drips(...[response]: Parameters<Treatment>): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.closed) {
    response.write(' ');
    await delay(10);
  }
}
