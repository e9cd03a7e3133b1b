import { GraphQLError } from 'graphql';
import { sqlState } from '../database/transaction.js';

/** PostgreSQL's classes of states in which the server, not the statement, is at fault: 08 connection, 53 resources, 57P shutdown. */
const SERVER_STATES = /^(08|53|57P)/;
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** What is kept of an error: its code or kind. Its message may hold personal data. */
export function errorCode(error: unknown): string {
  if (error instanceof GraphQLError && typeof error.extensions.code === 'string') return error.extensions.code;
  return sqlState(error) || (error instanceof Error ? error.name : typeof error);
}

/** Is something that the work needs away, so that trying again later is all there is to do? */
export function isOutage(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'SERVICE_UNAVAILABLE' || NETWORK_CODES.has(code) || SERVER_STATES.test(code);
}
