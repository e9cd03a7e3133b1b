import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import {
  answers,
  embeds,
  hangs,
  hears,
  OpenAiServer,
  refuses,
  resets,
  stalls,
  type Treatment,
  voices,
} from '../testing/openai-server.js';
import { type AiClient, type AiClientOptions, createAiClient } from './ai-client.js';

const server = new OpenAiServer();
const lines: string[] = [];
const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });

beforeAll(() => server.listen());
afterAll(() => server.close());

function createClient(options: Partial<AiClientOptions> = {}): Promise<AiClient> {
  const audio = { budgetMs: 20_000, firstPauseMs: 1, ...options.audio };
  return createAiClient({ apiKey: 'key', baseUrl: server.url, logger, metrics: new Metrics(), ...options, audio });
}

const file = { bytes: Buffer.from('secret-voice'), contentType: 'audio/webm', name: 'answer.webm' };
const mp3 = { voice: 'alloy', format: 'mp3' } as const;
const SOUND = Buffer.from([0xff, 0xfb, 1, 2, 3]);
const malformed: Treatment = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":');
};
const endless: Treatment = async (response) => {
  response.writeHead(200, { 'content-type': 'audio/mpeg' });
  const pieces = Array.from({ length: 40 }, () => Buffer.alloc(1024 * 1024));
  await pipeline(Readable.from(pieces), response).catch(() => undefined);
};

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'none',
    (error: { reason?: string; attempts?: number }) => [error.reason, error.attempts],
  );
}

describe('speech, written down', () => {
  test('comes with the times of words; the file goes as a form', async () => {
    server.will(hears('I like tea'));
    const ai = await createClient();
    const answer = await ai.audio.transcribe(file, { language: 'en', prompt: 'Um, er' });
    expect(answer).toMatchObject({ degraded: false, model: 'whisper-1', attempts: 1 });
    expect(answer.value).toMatchObject({ text: 'I like tea', language: 'english' });
    expect(answer.value.words[1]).toEqual({ text: 'like', startsAt: 0.5, endsAt: 0.9 });
    const [request] = server.requests;
    expect([request?.path, request?.body]).toEqual([
      '/v1/audio/transcriptions',
      {
        file: { name: 'answer.webm', type: 'audio/webm', bytes: Buffer.from('secret-voice') },
        model: 'whisper-1',
        language: 'en',
        prompt: 'Um, er',
        response_format: 'verbose_json',
        'timestamp_granularities[]': ['word', 'segment'],
      },
    ]);
  });

  test('may come without times, from a server that does not know them', async () => {
    server.will(answers({ text: ' Hi ', duration: '1.5' }));
    const { value } = await (await createClient()).audio.transcribe(file, { model: 'local' });
    expect(value).toEqual({ text: 'Hi', language: null, duration: 1.5, words: [], segments: [] });
    expect(server.requests[0]?.body['model']).toBe('local');
  });

  test.each<[string, Treatment]>([
    ['a rate limit', refuses(429, { 'retry-after-ms': '5' })],
    ['a server fault', refuses(503)],
    ['a connection that is reset', resets],
    ['malformed JSON', malformed],
    ['another shape', answers({ words: [] })],
    ['another content type', voices(SOUND)],
  ])('is asked for again after %s', async (_what, treatment) => {
    server.will(treatment, hears('Hello'));
    const { value, attempts } = await (await createClient()).audio.transcribe(file);
    expect([value.text, attempts]).toEqual(['Hello', 2]);
  });

  test.each<[string, Treatment, string, number]>([
    ['never answers', hangs, 'timeout', 1],
    ['stops in the middle', stalls, 'timeout', 1],
    ['finds the file too large', refuses(413), 'refused', 1],
    ['is refused its key', refuses(401), 'refused', 1],
    ['goes on being overloaded', refuses(429), 'rate limit', 3],
  ])('fails when the provider %s, and no log has a word of it', async (_what, treatment, reason, attempts) => {
    server.will(treatment);
    const waits = reason === 'timeout' ? { budgetMs: 150, maxAttempts: 1 } : {};
    const ai = await createClient({ audio: waits });
    expect(await failure(ai.audio.transcribe(file))).toEqual([reason, attempts]);
    expect(lines.join()).not.toMatch(/secret-voice|prompt-echo/);
  });

  test('is not to be had without a key', async () => {
    const ai = await createClient({ apiKey: undefined });
    expect(await failure(ai.audio.transcribe(file))).toEqual(['no key', 0]);
  });
});

describe('a text, spoken', () => {
  test('comes as bytes in the format that was asked for', async () => {
    server.will(voices(SOUND));
    const { value, model } = await (await createClient()).audio.speak('Hello there', mp3);
    expect([Buffer.from(value.bytes), value.contentType, model]).toEqual([SOUND, 'audio/mpeg', 'gpt-4o-mini-tts']);
    expect(server.requests).toMatchObject([
      {
        path: '/v1/audio/speech',
        body: { input: 'Hello there', model: 'gpt-4o-mini-tts', voice: 'alloy', response_format: 'mp3' },
      },
    ]);
  });

  test.each<[string, Treatment]>([
    ['a rate limit', refuses(429, { 'retry-after-ms': '5' })],
    ['a connection that is reset', resets],
    ['an answer that is no audio', answers({ ok: true })],
    ['an empty answer', voices(Buffer.alloc(0))],
    ['an answer that is too large', endless],
  ])('is asked for again after %s', async (_what, treatment) => {
    server.will(treatment, voices(SOUND));
    const { value, attempts } = await (await createClient()).audio.speak('Hello', mp3);
    expect([value.bytes.byteLength, attempts]).toEqual([SOUND.byteLength, 2]);
  });

  test('ends for whoever waits no longer', async () => {
    server.will(hangs);
    const leaving = new AbortController();
    const speaking = (await createClient()).audio.speak('Hello', { ...mp3, signal: leaving.signal });
    leaving.abort(new Error('gone'));
    await expect(speaking).rejects.toThrow('gone');
  });
});

test('a fault of one kind of call leaves the others alone', async () => {
  const ai = await createClient({ audio: { maxAttempts: 1 }, breaker: { failures: 1, halfOpenAfterMs: 60_000 } });
  server.will(refuses(500));
  expect(await failure(ai.audio.speak('Hello', mp3))).toEqual(['server fault', 1]);
  expect(await failure(ai.audio.speak('Hello', mp3))).toEqual(['breaker open', 0]);
  server.will(hears('Still here'));
  expect((await ai.audio.transcribe(file)).value.text).toBe('Still here');
  server.will(embeds);
  expect((await ai.background.embed(['a'])).value).toEqual([[1, 1]]);
});
