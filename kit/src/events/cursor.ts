import { badUserInput } from '../graphql/errors.js';

/** A place in a stream as clients see it: opaque, to be given back as `after`. */
export function encodeCursor(stream: string, position: number): string {
  return Buffer.from(`${stream}:${position}`).toString('base64url');
}

/**
 * The position behind a cursor.
 *
 * @throws BAD_USER_INPUT when it is malformed or belongs to another stream
 */
export function decodeCursor(stream: string, cursor: string): number {
  const [, owner, digits] = /^(.+):(0|[1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const position = Number(digits);
  if (owner === undefined || !Number.isSafeInteger(position) || encodeCursor(owner, position) !== cursor) {
    throw badUserInput('The cursor is not one that a subscription gave; subscribe without it');
  }
  if (owner !== stream) {
    throw badUserInput(`The cursor belongs to another stream ("${owner}", not "${stream}"); subscribe without it`);
  }
  return position;
}
