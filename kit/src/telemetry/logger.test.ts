import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLogger, type Logger } from './logger.js';
import { inRequestScope } from './request-scope.js';

function createRecordedLogger(options: { readable?: boolean; level?: string } = {}) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger: Logger = createLogger({ service: 'test', destination, ...options });
  return { logger, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') };
}

describe('logger', () => {
  test('writes one JSON object a line with time, level name, service and message', () => {
    const { logger, lines, last } = createRecordedLogger();
    logger.info({ port: 4000 }, 'listening');
    expect(lines).toHaveLength(1);
    expect(last()).toMatchObject({ level: 'info', service: 'test', message: 'listening', port: 4000 });
    expect(new Date(String(last().time)).getTime()).toBeGreaterThan(0);
  });

  test('writes nothing below its level', () => {
    const { logger, lines } = createRecordedLogger({ level: 'warn' });
    logger.info('quiet');
    expect(lines).toEqual([]);
  });

  test('names the request in every line of its asynchronous context, and in no other', async () => {
    const { logger, lines } = createRecordedLogger();
    await Promise.all(
      ['a', 'b'].map((requestId) =>
        inRequestScope({ requestId }, async () => {
          await delay(1);
          logger.child({ noun: 'order' }).info(requestId);
        }),
      ),
    );
    logger.info('outside');
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.slice(0, 2).every((entry) => entry.requestId === entry.message)).toBe(true);
    expect(entries[2].requestId).toBeUndefined();
  });

  test('hides secrets and personal data by key at any depth, in arrays, maps and children', () => {
    const { logger, lines } = createRecordedLogger();
    const body = { input: [{ Email: 'anna@example.com', password: 'p4ss', subject: 'algebra' }] };
    logger
      .child({ headers: { Authorization: 'Bearer abc', cookie: 'sid=1' } })
      .info(
        { body, refresh_token: 'r', phoneNumber: '+31 6 1234 5678', map: new Map([['apiKey', 'k']]), tokens: 7 },
        'sent',
      );
    const [line = ''] = lines;
    for (const secret of ['anna', 'p4ss', 'abc', 'sid=1', '"r"', '1234', '"k"']) expect(line).not.toContain(secret);
    expect(line).toContain('algebra');
  });

  test('masks addresses, tokens and URL secrets inside messages and texts', () => {
    const { logger, last } = createRecordedLogger();
    logger.warn({ url: 'postgres://me:secret@host/db?password=x' }, 'mail to anna@example.com with Bearer abc.def');
    expect(last()).toMatchObject({ url: 'postgres://host/db', message: 'mail to [email] with Bearer [token]' });
  });

  test('serialises an error with code, stack and causes, but without the values of a failed statement', () => {
    const { logger, lines, last } = createRecordedLogger();
    const cause = Object.assign(new Error('duplicate key value, Key (email)=(anna b@example.com) already exists.'), {
      code: '23505',
      constraint: 'users_email_key',
      detail: 'Key (email)=(secret) exists',
      parameters: ['secret'],
    });
    logger.error({ err: new Error('GET https://host/path?token=secret failed', { cause }) }, 'failed');
    expect(last().err).toMatchObject({
      type: 'Error',
      message: 'GET https://host/path failed',
      stack: expect.stringContaining('logger.test'),
      cause: { code: '23505', constraint: 'users_email_key' },
    });
    expect(lines[0]).not.toMatch(/secret|anna/);
  });

  test('logs an error given alone, and values that refer to themselves', () => {
    const { logger, last } = createRecordedLogger();
    const loop: Record<string, unknown> = { amount: 5n };
    loop.self = loop;
    logger.info({ loop }, 'loop');
    expect(last().loop).toEqual({ amount: '5', self: '[…]' });
    logger.error(new Error('alone'));
    expect(last()).toMatchObject({ message: 'alone', err: { type: 'Error', message: 'alone' } });
  });

  test('writes a readable line, with the error below, when asked to', () => {
    const { logger, lines } = createRecordedLogger({ readable: true });
    logger.warn({ attempt: 2, err: new Error('broken', { cause: new Error('deeper') }) }, 'trying again');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    const text = (lines[0] ?? '').replaceAll(/\u001b\[\d+m/g, '');
    expect(text).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}test trying again attempt=2\n {4}Error: broken\n/);
    expect(text).toContain('    Error: deeper');
  });
});
