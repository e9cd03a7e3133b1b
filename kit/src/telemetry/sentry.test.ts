import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from './logger.js';
import { inRequestScope } from './request-scope.js';
import { createErrorReporter } from './sentry.js';

const envelopes: string[] = [];
const server = createServer(async (request, response) => {
  envelopes.push(await text(request));
  response.setHeader('content-type', 'application/json').end('{}');
});
const logger = createLogger({ service: 'test', level: 'silent' });

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('error reporter', () => {
  test('loads and sends nothing without a DSN', async () => {
    const reporter = await createErrorReporter({ dsn: undefined, environment: 'test', service: 'test', logger });
    reporter.report(new Error('unseen'));
    await reporter.close();
    expect(envelopes).toEqual([]);
  });

  test('sends faults and traces to Sentry with the request id and no personal data', async () => {
    const { port } = server.address() as AddressInfo;
    const reporter = await createErrorReporter({
      dsn: `http://key@127.0.0.1:${port}/7`,
      environment: 'test',
      service: 'gateway',
      logger,
      tracesSampleRate: 1,
    });
    const sentry = await import('@sentry/node');
    sentry.setUser({ id: '1', email: 'user@example.com', ip_address: '10.1.2.3' });
    sentry.setExtra('body', { password: 'hunter2' });
    sentry.addBreadcrumb({ category: 'http', message: 'mail to crumb@example.com', data: { url: '/?code=crumbdata' } });
    sentry.getCurrentScope().addEventProcessor((event) => ({
      ...event,
      request: {
        method: 'POST',
        url: 'http://host/graphql?token=querysecret',
        query_string: 'token=querysecret',
        headers: { authorization: 'Bearer headersecret' },
        cookies: { sid: 'cookiesecret' },
        data: 'bodysecret',
      },
    }));
    inRequestScope({ requestId: 'request-9', operation: 'PostOrder' }, () => {
      reporter.report(new Error('no mailbox for anna@example.com'));
      sentry.startSpan({ name: 'GET http://host/x?token=spansecret', attributes: { email: 'anna@example.com' } }, () =>
        sentry.startSpan({ name: 'inner', attributes: { 'user.email': 'anna@example.com' } }, () => {}),
      );
    });
    await reporter.close();

    const sent = envelopes.join('\n');
    expect(sent).toContain('no mailbox for [email]');
    expect(sent).toContain('"requestId":"request-9"');
    expect(sent).toContain('"operation":"PostOrder"');
    expect(sent).toContain('"type":"transaction"');
    for (const secret of [/[a-z]secret/, /@example\.com/, /hunter2/, /10\.1\.2\.3/, /crumbdata/]) {
      expect(sent).not.toMatch(secret);
    }
  });
});
