import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Engine } from '../engine.js';
import { parseInput } from '../http/input.js';
import type { StripeError } from '../protocol/stripe-error.js';
import type { Kind, Tables, Task } from '../store/tables.js';
import type { Transaction } from '../store/transaction.js';

/** One request that is being answered. */
export interface Call {
  /** Everything that is read and written; the commit of this request. */
  tx: Transaction;
  /** Parameters of the path, such as `id`. */
  path: Readonly<Record<string, string>>;
  /** The path itself, such as `/v1/customers`. */
  url: string;
  /** True for a publishable key: a browser or an app, which proves itself by a client secret. */
  isPublic: boolean;
}

/**
 * An object to answer with. A {@link StripeError} that is returned is answered too, and what was written remains (a
 * declined payment); one that is thrown undoes everything.
 */
export type Answer = object | StripeError;

/** What is done on one method and path. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  /** May be called with a publishable key. */
  isPublic: boolean;
  answer(call: Call, form: unknown): Answer;
}

/** How a route differs from others. */
export interface RouteOptions {
  /** May be called with a publishable key. @default false */
  isPublic?: boolean;
}

/**
 * Declares a route: a handler that is given the parameters that the shape names; any other is refused.
 *
 * @param signature such as `POST /v1/customers/:id`
 */
export function route<Shape extends z.ZodRawShape>(
  signature: `${Route['method']} /v1/${string}`,
  shape: Shape,
  answer: (call: Call, input: z.infer<z.ZodObject<Shape, z.core.$strict>>) => Answer,
  { isPublic = false }: RouteOptions = {},
): Route {
  const [method, url = ''] = signature.split(' ');
  const schema = z.strictObject(shape);
  return {
    // The signature's type allows these alone.
    method: method as Route['method'],
    url,
    isPublic,
    answer: (call, form) => answer(call, parseInput(schema, form)),
  };
}

/** A noun of the API. */
export interface Resource {
  routes: readonly Route[];
  /**
   * Fields that an object has only when `expand` asks for them, such as a charge's `refunds`, by the object's kind.
   */
  includes?: { [K in Kind]?: Readonly<Record<string, (tx: Transaction, object: Tables[K]) => unknown>> };
  /** Fields that name an object of another account, such as a transfer's `destination_payment`: that account. */
  homes?: { [K in Kind]?: Readonly<Record<string, (object: Tables[K]) => unknown>> };
  /** What comes due with the clock, by name. @see schedule */
  tasks?: Readonly<Record<string, (tx: Transaction, subject: string, task: Task) => void>>;
  /** Routes that are no JSON API: pages and uploads. */
  register?(app: FastifyInstance, engine: Engine): void;
}
