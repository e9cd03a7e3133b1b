import { newId } from '@tutorgraph/kit/database/id';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { hears, OpenAiServer, refuses, resets, type Treatment, voices } from '@tutorgraph/kit/testing/openai-server';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { learningPrivacy } from '../src/privacy/learning-privacy.js';
import { collectSpeech } from '../src/privacy/speech-privacy.js';
import { Learning } from './learning-fixtures.js';

const server = new OpenAiServer();
let learning: Learning;
let served: ServedSubgraph;
beforeAll(async () => {
  await server.listen();
  learning = await Learning.open({
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: server.url,
    SPEECH_TRANSCRIPTION_MODEL: 'whisper-of-ours',
  });
  served = await learning.graph.serve('learning');
}, 120_000);
afterAll(async () => {
  await served?.close();
  await learning?.close();
  await server.close();
});
beforeEach(() => heard(hears(SPOKEN)));

const SPOKEN = 'Um, I goes to the school every day and, like, my brother go there too.';
const VOICE = Buffer.from('a voice');
const RECORDING = `id status failure transcript language model url duration student { id } words { text startsAt endsAt }
  feedback { wordCount wordsPerMinute pace pauses { seconds } fillers { text count } mistakes { edits { original replacement kind } corrected } }`;
const PATIENCE = { timeout: 60_000, interval: 100 };

interface Recording {
  id: string;
  status: string;
  failure: string | null;
  transcript: string;
  model: string | null;
  url: string;
  words: { text: string }[];
  feedback: { fillers: object[]; mistakes: { edits: object[]; corrected: string } | null } | null;
}

/** Other parts of the room ask the provider, too; only what is about speech is treated like this, the last for ever. */
function heard(...treatments: Treatment[]): void {
  server.will((response, body, request) => {
    const isSpeech = request.url?.includes('/audio/');
    const treat = isSpeech ? (treatments.length > 1 ? treatments.shift() : treatments[0]) : refuses(400);
    return treat?.(response, body, request);
  });
}

/** A checked recording of somebody, as accounts keeps it. */
async function uploaded(person: TestPerson, change: { kind?: string; status?: string } = {}): Promise<string> {
  const [id, key] = [newId(), `recordings/${newId()}`];
  await learning.graph.files.storage.put(key, VOICE, { contentType: 'audio/webm' });
  await learning.sql(
    `insert into accounts.uploads (id, user_id, kind, status, content_type, size, storage_key, created_at, confirmed_at)
     values (?, ?, ?, ?, 'audio/webm', ?, ?, now(), now())`,
    [id, person.userId, change.kind ?? 'RECORDING', change.status ?? 'CONFIRMED', VOICE.byteLength, key],
  );
  return id;
}

const send = (person: TestPerson | undefined, uploadId: string, change: object = {}) =>
  learning.mutate(
    'transcribeRecording',
    { uploadId, purpose: 'SPOKEN_ANSWER', ...change },
    person,
    `recording { ${RECORDING} }`,
  );
const find = (id: string, person?: TestPerson) =>
  learning.ask<Recording | null>(`query ($id: ID!) { recording(id: $id) { ${RECORDING} } }`, { id }, person);

async function finished(id: string, person: TestPerson): Promise<Recording> {
  await expect.poll(async () => (await find(id, person))?.status, PATIENCE).not.toBe('QUEUED');
  const recording = await find(id, person);
  if (!recording) throw new Error('The recording is gone');
  return recording;
}

/** A recording that waits, without a job. */
async function waiting(person: TestPerson, studentId: string): Promise<string> {
  const id = await uploaded(person);
  await learning.sql(
    `insert into learning.speech_recordings (id, student_id, purpose, content_type, size, key, status, words, created_at)
     select id, ?::uuid, 'SPOKEN_ANSWER', content_type, size, storage_key, 'QUEUED', '[]', now() from accounts.uploads where id = ?`,
    [studentId, id],
  );
  return id;
}
const run = (recordingId: string) => learning.runJob('transcribe-recording', { recordingId, language: 'en' });

describe('a recording', () => {
  it('is written down, and its student learns of fillers and mistakes, but not of commas', async () => {
    const { person, studentId } = await learning.student();
    const uploadId = await uploaded(person);
    const key = newId();
    const sent = await send(person, uploadId, { language: 'EN', idempotencyKey: key });
    expect([sent.refused, sent.codes, sent.payload?.['recording']]).toMatchObject([
      [],
      [],
      { id: uploadId, status: 'QUEUED' },
    ]);
    expect((await send(person, uploadId, { language: 'EN', idempotencyKey: key })).refused).toEqual([]);
    const done = await finished(uploadId, person);
    expect(done).toMatchObject({
      ...{ status: 'DONE', failure: null, transcript: SPOKEN, model: 'whisper-of-ours', student: { id: studentId } },
      feedback: {
        ...{ wordCount: 13, pauses: [], pace: 'USUAL' },
        fillers: [
          { text: 'um', count: 1 },
          { text: 'like', count: 1 },
        ],
      },
    });
    expect(done.words).toHaveLength(SPOKEN.split(' ').length);
    const { edits = [], corrected } = done.feedback?.mistakes ?? {};
    expect(edits).toContainEqual({ original: 'goes', replacement: 'go', kind: 'AGREEMENT' });
    expect(JSON.stringify(edits)).not.toMatch(/PUNCTUATION|CAPITALISATION|SPELLING/);
    expect(corrected).toContain('I go to');
    const request = server.requests.find(({ path }) => path.endsWith('/transcriptions'));
    expect(request?.body).toMatchObject({
      language: 'en',
      file: { name: 'speech.webm', type: 'audio/webm', bytes: VOICE },
    });
    expect(done.url).toContain('/recordings/');
  });

  it('is heard by its student and their curator only', async () => {
    const { person, studentId, curator } = await learning.classroom();
    const { person: other } = await learning.student();
    const stranger = await learning.graph.person('CURATOR');
    const id = await waiting(person, studentId);
    const list = (viewer: TestPerson) =>
      learning.ask<{ edges: { node: { id: string } }[] }>(
        'query ($studentId: ID!) { studentRecordings(studentId: $studentId) { edges { node { id } } } }',
        { studentId },
        viewer,
      );
    for (const [viewer, sees] of [
      [person, true],
      [curator, true],
      [other, false],
      [stranger, false],
    ] as const) {
      expect((await find(id, viewer))?.id).toBe(sees ? id : undefined);
      expect((await list(viewer)).edges.map(({ node }) => node.id)).toEqual(sees ? [id] : []);
    }
    expect((await learning.mutate('deleteRecording', { recordingId: id }, curator)).refused).toEqual(['NOT_FOUND']);
    expect((await learning.run('query ($id: ID!) { recording(id: $id) { id } }', { id })).codes).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  it('is an upload of the student’s own of the right kind, taken once', async () => {
    const { person } = await learning.student();
    const { person: other } = await learning.student();
    const mine = await uploaded(person);
    expect((await send(other, mine)).refused).toEqual(['UPLOAD_NOT_FOUND']);
    expect((await send(person, newId())).refused).toEqual(['UPLOAD_NOT_FOUND']);
    expect((await send(person, await uploaded(person, { kind: 'ATTACHMENT' }))).refused).toEqual([
      'RECORDING_NOT_USABLE',
    ]);
    expect((await send(person, await uploaded(person, { status: 'REQUESTED' }))).refused).toEqual([
      'RECORDING_NOT_USABLE',
    ]);
    expect((await send(await learning.graph.person('STUDENT'), mine)).refused).toEqual(['NOT_A_STUDENT']);
    const both = await Promise.all([send(person, mine), send(person, mine)]);
    expect(both.flatMap(({ refused }) => refused)).toEqual(['RECORDING_NOT_USABLE']);
  });

  it.each<[string, Treatment, string]>([
    ['nobody speaks in it', hears(''), 'NOTHING_HEARD'],
    ['the model repeats what it was shown', hears('Okay, here is what I am, uh, thinking.'), 'NOTHING_HEARD'],
    ['the provider refuses the file', refuses(400), 'REFUSED'],
  ])('says why it was not written down when %s', async (_what, treatment, failure) => {
    heard(treatment);
    const { person, studentId } = await learning.student();
    const id = await waiting(person, studentId);
    await run(id);
    expect(await find(id, person)).toMatchObject({ status: 'FAILED', failure, transcript: '', feedback: null });
  });

  it('is done again after a run that was cut off; one that comes late or twice changes nothing', async () => {
    const { person, studentId } = await learning.student();
    const id = await waiting(person, studentId);
    let reached: () => void = () => {};
    const begun = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let late: () => void = () => {};
    heard(
      (response, body, request) => {
        late = () => hears('Слишком поздно пришло')(response, body, request);
        reached();
      },
      resets,
      hears('Меня зовут Анна'),
    );
    const first = run(id);
    await begun;
    // The first one hangs as if its process had died; the queue gives the job to another, whose connection breaks once.
    await run(id);
    const done = await find(id, person);
    expect(done).toMatchObject({ status: 'DONE', transcript: 'Меня зовут Анна', feedback: { mistakes: null } });
    late();
    await first;
    await run(id);
    expect(await find(id, person)).toEqual({ ...done, url: expect.any(String) });
  });

  it('is given up when the process that tried for the last time ended before it could say so', async () => {
    const { person, studentId } = await learning.student();
    const [left, fresh] = [await waiting(person, studentId), await waiting(person, studentId)];
    await learning.sql(`update learning.speech_recordings set created_at = now() - interval '7 hours' where id = ?`, [
      left,
    ]);
    await learning.runJob('give-up-recordings');
    expect(await find(left, person)).toMatchObject({ status: 'FAILED', failure: 'NOT_AVAILABLE' });
    expect(await find(fresh, person)).toMatchObject({ status: 'QUEUED' });
  });

  it('goes with its file when its student takes it back, or is forgotten', async () => {
    const { person, studentId } = await learning.student();
    const [first, second] = [await waiting(person, studentId), await waiting(person, studentId)];
    const files = async () => {
      const { storage } = learning.graph.files;
      const rows = await learning.sql<{ id: string; key: string }>(
        'select id, storage_key as key from accounts.uploads where user_id = ?',
        [person.userId],
      );
      const found = await Promise.all(rows.map(async ({ id, key }) => ((await storage.head(key)) ? [id] : [])));
      return found.flat();
    };
    expect((await learning.mutate('deleteRecording', { recordingId: first }, person)).refused).toEqual([]);
    expect(await find(first, person)).toBeNull();
    await expect.poll(files, PATIENCE).toEqual([second]);
    const { sections, files: kept = [] } = await collectSpeech(learning.em, person.userId);
    expect([sections['recordings'], kept]).toMatchObject([[{ id: second }], [{ name: `recording-${second}.webm` }]]);
    await learningPrivacy.eraseFiles?.(learning.em, learning.graph.files.storage, person.userId);
    expect([
      await files(),
      await learning.sql('select from learning.speech_recordings where student_id = ?', [studentId]),
    ]).toEqual([[], []]);
  });
});

describe('a conversation with the assistant', () => {
  const SOUND = Buffer.from([0xff, 0xfb, 1, 2, 3]);

  /** An answer as a row. */
  async function answered(userId: string, text: string): Promise<string> {
    const [sessionId, answerId] = [newId(), newId()];
    await learning.sql(
      `insert into learning.assistant_sessions (id, user_id, title, language, last_sequence, last_message_at, created_at)
       values (?, ?, 'Articles', 'en', 2, now(), now())`,
      [sessionId, userId],
    );
    await learning.sql(
      `insert into learning.assistant_messages (id, session_id, sequence, role, text, status, outcome, citations, response_ms, created_at)
       values (?, ?, 2, 'ASSISTANT', ?, 'DONE', 'ANSWERED', '[]', 1, now())`,
      [answerId, sessionId, text],
    );
    return answerId;
  }
  const address = (answerId: string, person: TestPerson) =>
    learning.ask<{ url: string | null; userErrors: { code: string }[] }>(
      'query ($answerId: ID!) { assistantAnswerAudio(answerId: $answerId) { url userErrors { code } } }',
      { answerId },
      person,
    );
  const hear = (url: string | null) => {
    const { pathname, search } = new URL(url ?? '');
    return fetch(new URL(`${pathname}${search}`, served.url), { redirect: 'manual' });
  };

  it('may begin with a spoken question, once it is written down', async () => {
    heard(hears('When do I write an hour?'));
    const { person, studentId } = await learning.student();
    const recordingId = await waiting(person, studentId);
    const ask = async (input: object, viewer = person) => {
      const { refused, payload } = await learning.mutate('askAssistant', input, viewer, 'question { text }');
      return refused.length > 0 ? refused : payload?.['question'];
    };
    expect(await ask({ recordingId })).toEqual(['RECORDING_NOT_READY']);
    await run(recordingId);
    expect(await ask({ recordingId })).toEqual({ text: 'When do I write an hour?' });
    expect(await ask({ recordingId }, (await learning.student()).person)).toEqual(['NOT_FOUND']);
    expect(await ask({ recordingId, question: 'Both?' })).toEqual(['INVALID_INPUT']);
    expect(await ask({})).toEqual(['INVALID_INPUT']);
  });

  it('is read aloud: without Markdown and numbers of sources, made once, and gone with the conversation', async () => {
    const { person } = await learning.student();
    const answerId = await answered(person.userId, 'Write **an** hour. [1]');
    const { url } = await address(answerId, person);
    const before = 'select from learning.assistant_answer_audio where answer_id = ? and ready_at is not null';
    heard(refuses(400));
    expect((await hear(url)).status).toBe(503);
    expect(await learning.sql(before, [answerId])).toEqual([]);
    heard(voices(SOUND));
    const both = await Promise.all([hear(url), hear(url), hear(url)]);
    expect(both.map(({ status }) => status)).toEqual([302, 302, 302]);
    expect((await hear(url)).headers.get('location')).toContain(`/answers/${answerId}.mp3`);
    const asked = server.requests.filter(({ path }) => path.endsWith('/speech'));
    expect(asked.map(({ body }) => body)).toMatchObject([
      { input: 'Write an hour.', voice: 'alloy', model: 'gpt-4o-mini-tts' },
    ]);
    const { storage } = learning.graph.files;
    expect(await storage.head(`answers/${answerId}.mp3`)).toEqual({ size: SOUND.length, contentType: 'audio/mpeg' });
    await learningPrivacy.eraseFiles?.(learning.em, storage, person.userId);
    expect(await storage.head(`answers/${answerId}.mp3`)).toBeUndefined();
    await learning.sql('delete from learning.assistant_sessions where user_id = ?', [person.userId]);
    expect((await hear(url)).status).toBe(404);
  });

  it('is heard by whoever asked only, at a signed address', async () => {
    const { person } = await learning.student();
    const answerId = await answered(person.userId, 'An hour.');
    const { url } = await address(answerId, person);
    const other = await answered((await learning.student()).person.userId, 'A secret.');
    expect((await address(other, person)).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect((await hear(url?.replace(answerId, other) ?? null)).status).toBe(403);
  });
});

it('is not available without a key, and says so', async () => {
  const plain = await Learning.open();
  try {
    const { person } = await plain.student();
    const input = { uploadId: newId(), purpose: 'SPOKEN_ANSWER' };
    expect((await plain.mutate('transcribeRecording', input, person)).refused).toEqual(['SPEECH_NOT_AVAILABLE']);
    const audio = await plain.ask<{ userErrors: object[] }>(
      'query ($id: ID!) { assistantAnswerAudio(answerId: $id) { userErrors { code } } }',
      { id: newId() },
      person,
    );
    expect(audio.userErrors).toEqual([{ code: 'SPEECH_NOT_AVAILABLE' }]);
  } finally {
    await plain.close();
  }
});
