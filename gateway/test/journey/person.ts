import { ask } from '../world/client.js';

/** Addresses of one graph's `/graphql`, the one to use first; a test removes those that it has stopped. */
export type Endpoints = readonly string[];

/** Somebody who uses the API. */
export class Person {
  constructor(
    readonly endpoints: Endpoints,
    readonly email: string,
    /** The `Authorization` header; absent until signed in. */
    readonly authorization?: string,
  ) {}

  /**
   * Runs a query or mutation.
   *
   * @throws Error when it is answered with errors or `userErrors`
   */
  async run<Data extends object>(query: string, variables: object = {}): Promise<Data> {
    const data = await this.ask<Data>(query, variables);
    const refusals = Object.values(data).flatMap((payload) => userErrorsOf(payload));
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
    return data;
  }

  /**
   * Runs a query or mutation whose `userErrors` are looked at.
   *
   * @throws Error when it is answered with errors
   */
  async ask<Data extends object>(query: string, variables: object = {}): Promise<Data> {
    const [endpoint] = this.endpoints;
    if (endpoint === undefined) throw new Error('No gateway is left');
    const { authorization } = this;
    const { body } = await ask(endpoint, query, {
      variables,
      ...(authorization !== undefined && { headers: { authorization } }),
    });
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    // What was selected is what the type names.
    return body.data as Data;
  }
}

function userErrorsOf(payload: unknown): unknown[] {
  const errors: unknown = typeof payload === 'object' && payload !== null && Reflect.get(payload, 'userErrors');
  return Array.isArray(errors) ? errors : [];
}
