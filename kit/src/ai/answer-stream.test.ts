import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { hangs, OpenAiServer, refuses, resets, streams, type Treatment } from '../testing/openai-server.js';
import { type AiClient, type AiClientOptions, createAiClient } from './ai-client.js';
import { AiUnavailableError } from './failure.js';

const server = new OpenAiServer();
beforeAll(() => server.listen());
afterAll(() => server.close());

const QUESTION = { instructions: 'Answer', input: 'Why?' };
// Times that no test machine exhausts by being slow; what waits for the end of one makes it shorter.
const PATIENT = { connectMs: 20_000, firstTokenMs: 20_000, totalMs: 20_000 };

function client(options: Partial<AiClientOptions> = {}): Promise<AiClient> {
  const stream = { ...PATIENT, ...options.stream };
  const around = { logger: silentLogger, metrics: new Metrics() };
  return createAiClient({ apiKey: 'key', baseUrl: server.url, ...around, ...options, stream });
}

/** What was read, and why it ended otherwise than complete. */
async function read(pieces: AsyncIterable<string>): Promise<{ text: string; failure: string | undefined }> {
  let text = '';
  try {
    for await (const piece of pieces) text += piece;
    return { text, failure: undefined };
  } catch (error) {
    return { text, failure: error instanceof AiUnavailableError ? error.reason : String(error) };
  }
}

/** Why there was no answer at all. */
async function refusal(opening: Promise<unknown>): Promise<unknown> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AiUnavailableError ? error.reason : error;
}

describe('an answer that is read while it is written', () => {
  test('comes piece by piece, by the model that is asked for', async () => {
    server.will(streams(['Be', 'cause', '.']));
    const answer = await (await client()).stream(QUESTION, { model: 'small' });
    expect(answer).toMatchObject({ model: 'small', attempts: 1 });
    expect(await read(answer.pieces)).toEqual({ text: 'Because.', failure: undefined });
    expect(server.requests[0]?.body).toMatchObject({ model: 'small', stream: true });
  });

  test.each<[string, Treatment]>([
    ['a rate limit', refuses(429)],
    ['a server fault', refuses(503)],
    ['a connection that is reset', resets],
    ['a malformed first piece', streams([], { end: 'malformed' })],
    ['an answer without words', streams([])],
  ])('is asked for again after %s', async (_what, treatment) => {
    server.will(treatment, streams(['Because.']));
    const answer = await (await client()).stream(QUESTION);
    expect(answer.attempts).toBe(2);
    expect(await read(answer.pieces)).toEqual({ text: 'Because.', failure: undefined });
  });

  test.each<[string, Treatment, string]>([
    ['a rate limit', refuses(429, { 'retry-after': '30' }), 'rate limit'],
    ['a refused key', refuses(401), 'refused'],
    ['connections that are reset', resets, 'connection'],
  ])('is given up after %s', async (_what, treatment, reason) => {
    server.will(treatment);
    expect(await refusal((await client()).stream(QUESTION))).toBe(reason);
  });

  test('is given up when nobody listens at the address', async () => {
    const nobody = await client({ baseUrl: 'http://127.0.0.1:9/v1' });
    expect(await refusal(nobody.stream(QUESTION))).toBe('connection');
  });

  test('is given up when there is no key', async () => {
    expect(await refusal((await client({ apiKey: undefined })).stream(QUESTION))).toBe('no key');
  });

  test('is given up when the provider does not begin in time, without asking again', async () => {
    server.will(hangs);
    expect(await refusal((await client({ stream: { connectMs: 30 } })).stream(QUESTION))).toBe('timeout');
    expect(server.requests).toHaveLength(1);
  });

  test('is given up when the first words do not come in time', async () => {
    server.will(streams([], { end: 'hanging' }));
    expect(await refusal((await client({ stream: { firstTokenMs: 300 } })).stream(QUESTION))).toBe('timeout');
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, Treatment, string]>([
    ['closed', streams(['Be'], { end: 'closed' }), 'connection'],
    ['reset', streams(['Be'], { end: 'reset' }), 'connection'],
    ['followed by what is no JSON', streams(['Be'], { end: 'malformed' }), 'wrong answer'],
    ['cut by the provider', streams(['Be'], { end: 'cut at the limit' }), 'connection'],
  ])('breaks off after its first words when it is %s, and is not asked for again', async (_how, treatment, reason) => {
    server.will(treatment);
    const answer = await (await client()).stream(QUESTION);
    expect(await read(answer.pieces)).toEqual({ text: 'Be', failure: reason });
    expect(server.requests).toHaveLength(1);
  });

  test('breaks off when it takes too long in all', async () => {
    server.will(streams(['Be'], { end: 'hanging' }));
    const answer = await (await client({ stream: { totalMs: 300 } })).stream(QUESTION);
    expect(await read(answer.pieces)).toEqual({ text: 'Be', failure: 'timeout' });
  });

  test('ends with the reason of the caller who gives up', async () => {
    server.will(streams(['Be'], { end: 'hanging' }));
    const giving = new AbortController();
    const answer = await (await client()).stream(QUESTION, { signal: giving.signal });
    const reading = read(answer.pieces);
    giving.abort('enough');
    expect(await reading).toEqual({ text: 'Be', failure: 'enough' });
  });

  test('is not asked for while the provider fails again and again', async () => {
    server.will(refuses(500));
    const ai = await client({ breaker: { failures: 3, halfOpenAfterMs: 60_000 } });
    expect(await refusal(ai.stream(QUESTION))).toBe('server fault');
    expect(await refusal(ai.stream(QUESTION))).toBe('breaker open');
    expect(server.requests).toHaveLength(3);
  });
});
