import type { ServerResponse } from 'node:http';
import { LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';
import { answers, hangs, OpenAiServer, refuses, streams, type Treatment } from '@tutorgraph/kit/testing/openai-server';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTACKS } from './assistant-attacks.js';
import { answerTo, ask, listen, ready, textOf } from './assistant-scene.js';
import { Learning } from './learning-fixtures.js';

const HOMEWORK = {
  kind: 'FAQ',
  language: 'EN',
  title: 'How do I submit homework?',
  body: `Open the lesson and choose "Homework". Write your text in the field or attach files; you may do both.

When you are done, press "Submit". The automatic check looks at the work first, then your curator does. The state of the work is shown beside it.`,
};
const RUSSIAN = {
  kind: 'FAQ',
  language: 'RU',
  title: 'Как сдать домашнее задание?',
  body: `Откройте урок и выберите «Домашнее задание». Напишите текст в поле или прикрепите файлы и нажмите «Отправить». Работу сначала смотрит автоматическая проверка, потом куратор.`,
};
const QUESTION = 'How do I submit my homework?';
const GOOD = [
  'Open the lesson, choose "Homework" and write your text. [1] ',
  'Then press "Submit"; ',
  'your curator looks at the work. [1]',
];

/** Answers embeddings as a provider would; what is asked of the chat, as each test says. */
class Provider {
  readonly server = new OpenAiServer();
  private readonly embedder = new LocalEmbedder();
  chat: Treatment = hangs;
  asked: { system: string; user: string } = { system: '', user: '' };

  begin(): Promise<void> {
    this.server.will((response, body, request) => this.treat(response, body, request.url ?? '', request));
    return this.server.listen();
  }

  private treat(
    response: ServerResponse,
    body: Record<string, unknown>,
    url: string,
    request: Parameters<Treatment>[2],
  ): unknown {
    if (url.endsWith('/embeddings')) {
      const vectors = this.embedder.embed(body['input'] as string[]);
      return answers({ data: vectors.map((embedding, index) => ({ index, embedding })) })(response, body, request);
    }
    const [system, user] = (body['messages'] as { content: string }[]).map(({ content }) => content);
    this.asked = { system: system ?? '', user: user ?? '' };
    return this.chat(response, body, request);
  }
}

const provider = new Provider();
let learning: Learning;
let asker: TestPerson;
let curator: TestPerson;
let entryId: string;
beforeAll(async () => {
  await provider.begin();
  learning = await Learning.open({
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: provider.server.url,
    // Times that no test machine exhausts by being slow.
    ASSISTANT_CONNECT_MS: '20000',
    ASSISTANT_FIRST_TOKEN_MS: '20000',
  });
  asker = await learning.graph.person('STUDENT');
  curator = await learning.graph.person('CURATOR');
  const made = await learning.mutate('upsertKnowledgeEntry', HOMEWORK, curator, 'entry { id }');
  entryId = (made.payload?.['entry'] as { id: string } | undefined)?.id ?? '';
  await learning.mutate('upsertKnowledgeEntry', RUSSIAN, curator);
  await ready(learning, /^text-embedding-3-small$/);
}, 120_000);
afterAll(async () => {
  await learning?.close();
  await provider.server.close();
});
beforeEach(() => {
  provider.chat = streams(GOOD);
});

describe('the assistant with a language model', () => {
  it('answers in the model’s words as soon as all of the knowledge has its vectors, and cites where they come from', async () => {
    const answer = await answerTo(learning, asker, QUESTION);
    expect(answer).toMatchObject({ text: GOOD.join(''), outcome: 'ANSWERED', degraded: false, model: 'gpt-4o-mini' });
    expect(answer.citations).toMatchObject([{ number: 1, entry: { id: entryId } }]);
    expect(provider.asked.user).toContain(HOMEWORK.title);
  });

  it('remembers what was asked before', async () => {
    const { session, answer } = await ask(learning, asker, QUESTION);
    await listen(learning, asker, answer.id);
    await answerTo(learning, asker, 'And homework with files?', { sessionId: session.id });
    expect(provider.asked.user).toContain(`Student: ${QUESTION}`);
  });

  it('is read piece by piece, and goes on behind any cursor without a gap or a repeat', async () => {
    const steps = ['Open the lesson', 'Choose the homework', 'Write the text', 'Attach files', 'Press submit'];
    const sentences = steps.map((step) => `${step} in the field of the lesson, and the work is shown. [1] `);
    provider.chat = streams(sentences, { pieceMs: 120 });
    const { answer } = await ask(learning, asker, QUESTION);
    const heard = await listen(learning, asker, answer.id);
    expect(heard.filter(({ piece }) => piece).length).toBeGreaterThan(1);
    expect(textOf(heard)).toBe(sentences.join(''));
    for (const [index, { cursor }] of heard.slice(0, -1).entries()) {
      const rest = await listen(learning, asker, answer.id, { after: cursor });
      expect(textOf([...heard.slice(0, index + 1), ...rest])).toBe(sentences.join(''));
      expect(rest.flatMap(({ piece }) => piece ?? []).join('')).toBe(
        heard
          .slice(index + 1)
          .flatMap(({ piece }) => piece ?? [])
          .join(''),
      );
    }
  });

  it.each<[string, Treatment]>([
    ['refuses for now', refuses(429, { 'retry-after': '60' })],
    ['breaks off', streams(GOOD.slice(0, 2), { end: 'reset' })],
    ['ends in the middle', streams(GOOD.slice(0, 2), { end: 'closed' })],
    ['sends what cannot be read', streams(GOOD.slice(0, 1), { end: 'malformed' })],
    ['says nothing', streams([])],
  ])('answers by the sources’ own words when the model %s', async (_what, treatment) => {
    provider.chat = treatment;
    const answer = await answerTo(learning, asker, QUESTION);
    expect(answer).toMatchObject({ outcome: 'ANSWERED', degraded: true });
    expect(answer.text).toMatch(/^Here is what the school’s materials say:\n\n/);
  });

  it('offers the sources’ own words while the model takes its time', async () => {
    provider.chat = streams(GOOD, { connectMs: 1_500 });
    const { answer } = await ask(learning, asker, QUESTION);
    const heard = await listen(learning, asker, answer.id);
    expect(heard.some(({ piece }) => piece?.includes('Here is what the school’s materials say'))).toBe(true);
    expect(textOf(heard)).toBe(GOOD.join(''));
    expect(heard.at(-1)?.answer).toMatchObject({ degraded: false });
  });

  it('is taken over by another process: whoever listens reads one answer, and the first writer is shut out', async () => {
    provider.chat = streams([...GOOD.slice(0, 1), ...GOOD], { pieceMs: 400 });
    const { answer } = await ask(learning, asker, QUESTION);
    const listening = listen(learning, asker, answer.id);
    const [, begun] = await listen(learning, asker, answer.id, { most: 2 });
    expect(begun?.piece).toContain(GOOD[0]);
    await learning.runJob('answer-question', { answerId: answer.id });
    const heard = await listening;
    const last = heard.at(-1)?.answer;
    expect(last).toMatchObject({ status: 'DONE', degraded: true });
    expect(textOf(heard)).toBe(last?.text);
    // The first writer comes to its end meanwhile, or did.
    provider.chat = streams(GOOD);
    await answerTo(learning, asker, QUESTION);
    const [after] = await listen(learning, asker, answer.id);
    expect(after?.answer.text).toBe(last?.text);
  });

  it.each([
    ['NOT_IN_SOURCES', 'NOTHING_FOUND', 'hand the question over'],
    ['OFF_TOPIC', 'DECLINED', 'only help with English'],
  ])('says in our words what the model means by %s', async (word, outcome, says) => {
    provider.chat = streams([word.slice(0, 3), word.slice(3)]);
    const answer = await answerTo(learning, asker, QUESTION);
    expect(answer).toMatchObject({ outcome, degraded: false, citations: [] });
    expect(answer.text).toContain(says);
  });

  it.each([
    'Чтобы сдать задание, откройте урок и выберите «Домашнее задание». Напишите текст или прикрепите файлы [1]. Потом нажмите «Отправить»: сначала работу посмотрит автоматическая проверка, затем куратор [1].',
    'Sure! You open the lesson and choose "Homework" [1]. Write the text in the field, or attach files [1].\n\n- Press "Submit" when you are done [1].\n- The state is shown beside the work [1].',
  ])('lets an honest answer pass: %s', async (text) => {
    provider.chat = streams(text.split(/(?<= )/));
    const question = text.startsWith('Ч') ? 'Как мне сдать домашнее задание?' : QUESTION;
    expect(await answerTo(learning, asker, question)).toMatchObject({ text, degraded: false });
  });
});

describe('a model that obeys an attacker', () => {
  it.each(ATTACKS)('cannot say it: $name, from a $where', async ({ where, injected, obeyed, mark }) => {
    if (where === 'source') {
      await learning.mutate(
        'upsertKnowledgeEntry',
        { ...HOMEWORK, entryId, body: `${HOMEWORK.body}\n\n${injected}` },
        curator,
      );
    }
    // It obeys only if the attacker's words have reached it, and takes the secret word from its instructions.
    provider.chat = (response, body, request) => {
      const reached = provider.asked.user.includes(injected.replaceAll('<', '‹').replaceAll('>', '›'));
      const secret = /secret: (\S+)/.exec(provider.asked.system)?.[1] ?? '';
      const said = reached ? obeyed.replace('{secret}', secret) : GOOD.join('');
      return streams(said.split(/(?<= )/))(response, body, request);
    };
    const question = where === 'question' ? `${QUESTION} ${injected}` : QUESTION;
    const { answer } = await ask(learning, asker, question);
    const heard = await listen(learning, asker, answer.id);
    await learning.mutate('upsertKnowledgeEntry', { ...HOMEWORK, entryId }, curator);
    const last = heard.at(-1)?.answer;
    expect(last).toMatchObject({ status: 'DONE', degraded: true });
    const quoted = where === 'source' && last?.text.includes(injected);
    if (!quoted) expect(heard.map(({ piece }) => piece).join('')).not.toContain(mark);
    // What stands between the tags cannot close them.
    expect(provider.asked.user.match(/<\/source>/g)?.length).toBe(provider.asked.user.match(/<source /g)?.length);
  });
});
