import { connect, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { DatabaseUnavailableError } from '../database/unavailable.js';
import { EnvironmentError } from '../environment/environment.js';
import { describeStartFailure } from './start-failure.js';

/** A port where nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function connectionError(options: { port: number; host: string }): Promise<Error> {
  return new Promise((resolve) => connect(options).once('error', resolve));
}

describe('a failure to start', () => {
  test('passes on the advice of errors that carry their own', () => {
    expect(describeStartFailure(new EnvironmentError('PORT: too big'))).toBe('PORT: too big');
    const wrapped = new Error('room accounts', { cause: new DatabaseUnavailableError('The folder is held') });
    expect(describeStartFailure(wrapped)).toBe('The folder is held');
  });

  test('names the address where nothing answers, also when several were tried', async () => {
    const port = await freePort();
    const error = await connectionError({ port, host: '127.0.0.1' });
    const line = `Nothing answers at 127.0.0.1:${port}; start it or correct its address in the settings`;
    expect(describeStartFailure(error)).toBe(line);
    const aggregate = Object.assign(new AggregateError([error]), { code: 'ECONNREFUSED' });
    expect(describeStartFailure(new Error('outer', { cause: aggregate }))).toBe(line);
  });

  test('names a port that needs more rights, a host that is unknown and a wrong password', () => {
    const fault = (facts: object) => Object.assign(new Error('fault'), facts);
    expect(describeStartFailure(fault({ code: 'EACCES', syscall: 'listen', port: 80 }))).toContain('Port 80');
    expect(describeStartFailure(fault({ code: 'ENOTFOUND', hostname: 'nowhere' }))).toContain('nowhere');
    expect(describeStartFailure(fault({ code: '28P01' }))).toContain('DATABASE_URL');
  });

  test('is one line without secrets whatever was thrown', () => {
    const error = new Error('outer', { cause: new Error('bad\n  url postgres://me:secret@host/db') });
    expect(describeStartFailure(error)).toBe('Cannot start: bad url postgres://host/db');
    expect(describeStartFailure('text')).toBe('Cannot start: text');
  });
});
