import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { createDelivery } from '@tutorgraph/kit/delivery/create-delivery';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const MAILBOX = `query ($first: Int, $after: String) {
  developmentMailbox(first: $first, after: $after) {
    totalCount edges { node { id channel recipient subject text sentAt } } pageInfo { hasNextPage endCursor }
  }
}`;
const smtp = { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'Tutorgraph <no-reply@tutorgraph.example>' };
const twilio = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+15005550006' };

interface Page {
  totalCount: number;
  edges: { node: Record<string, unknown> }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe('the development mailbox', () => {
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts']);
  });

  afterAll(() => graph.close());

  async function read(variables: object = {}): Promise<Page> {
    const { data, errors } = await graph.run('accounts', MAILBOX, variables);
    expect(errors).toBeUndefined();
    return (data as { developmentMailbox: Page }).developmentMailbox;
  }

  it('shows what would have been sent, the newest first, page by page, to anybody', async () => {
    const em = graph.rooms.get('accounts')?.orm.em;
    if (!em) throw new Error('accounts was not started');
    const { mailer, smsSender } = createDelivery({ settings: {}, em });
    const before = (await read()).totalCount;
    await mailer.send({ to: 'anna@mail.example', subject: 'Ваш код', text: 'Ваш код:\n\n1234\n' });
    await smsSender?.send({ to: '+79991234567', text: 'Your code is 5678' });

    const { result: newest, statements } = await withStatements(() => read({ first: 1 }));
    expect(newest).toMatchObject({
      totalCount: before + 2,
      edges: [{ node: { channel: 'SMS', recipient: '+79991234567', subject: null, text: 'Your code is 5678' } }],
      pageInfo: { hasNextPage: true },
    });
    expect(statements).toHaveLength(2);
    const next = await read({ first: 1, after: newest.pageInfo.endCursor });
    expect(next.edges).toMatchObject([
      { node: { channel: 'EMAIL', recipient: 'anna@mail.example', subject: 'Ваш код', text: 'Ваш код:\n\n1234\n' } },
    ]);
    expect(Date.parse(String(next.edges[0]?.node['sentAt']))).toBeLessThanOrEqual(Date.now());
  });
});

describe('a process that really sends', () => {
  async function start(settings: Record<string, string>): Promise<TestGraph> {
    const graph = await startTestGraph(['accounts'], testDatabase, settings);
    onTestFinished(() => graph.close());
    return graph;
  }

  it.each([
    ['in production', { NODE_ENV: 'production', ...smtp }],
    ['with both channels set', { ...smtp, ...twilio }],
  ])('shows no mailbox %s', async (_when, settings) => {
    const graph = await start(settings);
    const { data, codes } = await graph.run('accounts', MAILBOX);
    expect(codes).toEqual(['DEVELOPMENT_ONLY']);
    expect(data).toEqual({ developmentMailbox: null });
  });

  it('does not start in production without a mail server, and says what to set', async () => {
    const open: typeof testDatabase = async (options) => {
      const database = await testDatabase(options);
      onTestFinished(() => database.close());
      return database;
    };
    const starting = startTestGraph(['accounts'], open, { NODE_ENV: 'production' });
    await expect(starting).rejects.toThrow('Set SMTP_URL and MAIL_FROM in production');
  });
});
