import { DatabaseUnavailableError } from '../database/unavailable.js';
import { EnvironmentError } from '../environment/environment.js';
import { maskText } from '../telemetry/redaction.js';

/** One line for whoever starts the process: what went wrong and what to do about it. */
export function describeStartFailure(error: unknown): string {
  const chain = causes(error);
  for (const cause of chain) {
    if (cause instanceof EnvironmentError || cause instanceof DatabaseUnavailableError) return oneLine(cause.message);
    const advice = ADVICE[factOf(cause, 'code')]?.(cause);
    if (advice) return oneLine(advice);
  }
  const deepest = chain.findLast((cause) => cause.message !== '');
  return oneLine(`Cannot start: ${deepest?.message ?? String(error)}`);
}

const ADVICE: Readonly<Record<string, (error: Error) => string>> = {
  EADDRINUSE: (error) => {
    const port = factOf(error, 'port');
    return port
      ? `Port ${port} is in use by another process; stop it or set PORT`
      : `${factOf(error, 'address')} is in use by another process; stop it`;
  },
  EADDRNOTAVAIL: (error) => `This machine has no address ${factOf(error, 'address')}; correct HOST`,
  EACCES: (error) =>
    factOf(error, 'syscall') === 'listen'
      ? `Port ${factOf(error, 'port')} may not be opened by this user; set PORT to one above 1023`
      : `${factOf(error, 'path')} may not be used by this user; correct its rights`,
  ECONNREFUSED: (error) => `Nothing answers at ${target(error)}; start it or correct its address in the settings`,
  ENOTFOUND: (error) => `No host is named ${factOf(error, 'hostname')}; correct the address in the settings`,
  ENOSPC: () => 'The disk is full; free some space and start again',
  '28P01': () => 'PostgreSQL refuses the password; correct DATABASE_URL',
  '3D000': (error) => `PostgreSQL says: ${error.message}; create it or correct DATABASE_URL`,
  '42501': (error) => `PostgreSQL says: ${error.message}; grant the right to the user of DATABASE_URL`,
};

/** The error, then what caused it, each alternative of an aggregate included. */
function causes(error: unknown): Error[] {
  const found: Error[] = [];
  const queue = [error];
  while (queue.length > 0 && found.length < 20) {
    const next = queue.shift();
    if (!(next instanceof Error)) continue;
    found.push(next);
    queue.push(next.cause, ...(next instanceof AggregateError ? next.errors : []));
  }
  return found;
}

function target(error: Error): string {
  const address = factOf(error, 'address');
  if (!address && error instanceof AggregateError) return target(causes(error)[1] ?? new Error());
  return [address, factOf(error, 'port')].filter(Boolean).join(':');
}

function factOf(error: Error, key: string): string {
  const fact: unknown = Reflect.get(error, key);
  return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '';
}

function oneLine(text: string): string {
  return maskText(text).replaceAll(/\s+/g, ' ').trim();
}
