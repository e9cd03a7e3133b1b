import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DevelopmentMessage } from '../src/mailbox/development-message.entity.js';

const MAILBOX = `query ($first: Int, $after: String) {
  developmentMailbox(first: $first, after: $after) {
    totalCount edges { node { id channel recipient subject text html sentAt } } pageInfo { hasNextPage endCursor }
  }
}`;
const smtp = { SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'Tutorgraph <no-reply@tutorgraph.example>' };

interface Page {
  totalCount: number;
  edges: { node: Record<string, unknown> }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

describe('the development mailbox', () => {
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['messaging']);
  });

  afterAll(() => graph.close());

  async function read(variables: object = {}): Promise<Page> {
    const { data, errors } = await graph.run('messaging', MAILBOX, variables);
    expect(errors).toBeUndefined();
    return (data as { developmentMailbox: Page }).developmentMailbox;
  }

  it('shows what would have been sent, the newest first, page by page, to anybody', async () => {
    const em = graph.rooms.get('messaging')?.orm.em.fork();
    const mail = {
      channel: 'EMAIL',
      recipient: 'anna@mail.example',
      subject: 'Ваш код',
      text: 'Ваш код:\n\n1234\n',
    } as const;
    const sms = { channel: 'SMS', recipient: '+79991234567', text: 'Your code is 5678' } as const;
    await em?.insertMany(DevelopmentMessage, [
      { ...mail, id: newId(), html: '<p>Ваш код</p>', createdAt: new Date(Date.now() - 1_000) },
      { ...sms, id: newId(), createdAt: new Date() },
    ]);
    const { result: newest, statements } = await withStatements(() => read({ first: 1 }));
    expect(newest).toMatchObject({
      totalCount: 2,
      edges: [{ node: { ...sms, subject: null, html: null } }],
      pageInfo: { hasNextPage: true },
    });
    expect(statements).toHaveLength(2);
    const next = await read({ first: 1, after: newest.pageInfo.endCursor });
    expect(next.edges).toMatchObject([{ node: { ...mail, html: '<p>Ваш код</p>' } }]);
    expect(Date.parse(String(next.edges[0]?.node['sentAt']))).toBeLessThanOrEqual(Date.now());
  });
});

describe('a process in production', () => {
  it('shows no mailbox', async () => {
    const graph = await startTestGraph(['messaging'], testDatabase, { NODE_ENV: 'production', ...smtp });
    onTestFinished(() => graph.close());
    const { data, codes } = await graph.run('messaging', MAILBOX);
    expect(codes).toEqual(['DEVELOPMENT_ONLY']);
    expect(data).toEqual({ developmentMailbox: null });
  });

  it('does not start without a mail server, and says what to set', async () => {
    const open: typeof testDatabase = async (options) => {
      const database = await testDatabase(options);
      onTestFinished(() => database.close());
      return database;
    };
    const starting = startTestGraph(['messaging'], open, { NODE_ENV: 'production' });
    await expect(starting).rejects.toThrow('Set SMTP_URL and MAIL_FROM in production');
  });
});
