import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { z } from 'zod';

/** Where an order stands: what it was worth at the moment in which the first page was asked for. */
export interface OrderCursor {
  at: number;
  worth: number;
  id: string;
}

const cursorSchema = z.tuple([z.int().min(0).max(8_640_000_000_000_000), z.number(), z.uuid()]);

/** @returns an opaque text */
export function writeOrderCursor({ at, worth, id }: OrderCursor): string {
  return Buffer.from(JSON.stringify([at, worth, id])).toString('base64url');
}

/** @throws BAD_USER_INPUT for a cursor that this list did not give */
export function readOrderCursor(cursor: string): OrderCursor {
  try {
    const [at, worth, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, worth, id };
  } catch (error) {
    throw badUserInput('This cursor is not one of this list; start without it', error);
  }
}
