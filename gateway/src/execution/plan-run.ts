import { GraphQLError } from 'graphql';
import type { SavingKind } from '../insight/operation-record.js';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { Deferral } from './deferral.js';
import type { FetchAnswer, FetchSources } from './fetch-source.js';
import type { DataObject } from './merge-data.js';
import type { Places } from './places.js';
import { locatedError, type PreparedFetch, placeOfAll } from './prepared-fetch.js';

/** What one run of a plan needs. */
export interface PlanRunOptions {
  sources: FetchSources;
  /** As the client gave them. */
  variables: Readonly<Record<string, unknown>>;
  /** With defaults, for conditions. */
  coerced: Readonly<Record<string, unknown>>;
  context: GatewayContext;
  /** Present when the client takes parts that come later. */
  deferral?: Deferral;
}

/** One run of a plan: what has been brought together so far, and what went wrong. */
export class PlanRun {
  readonly errors: GraphQLError[] = [];

  constructor(
    private readonly options: PlanRunOptions,
    readonly data: DataObject = {},
  ) {}

  /** The parts that come later. */
  get deferral(): Deferral | undefined {
    return this.options.deferral;
  }

  /** A run of a part of the plan that adds to the same data and has errors of its own. */
  branch(): PlanRun {
    return new PlanRun(this.options, this.data);
  }

  /** Says that a fetch is over, to parts that waited for it. */
  settle({ id }: Pick<PreparedFetch, 'id'>): void {
    if (id !== undefined) this.options.deferral?.settle(id);
  }

  /** Does a condition of the plan hold? */
  holds(variable: string): boolean {
    return this.options.coerced[variable] === true;
  }

  /** The client's variables that a fetch uses. */
  variablesFor(names: readonly string[]): Record<string, unknown> {
    const { variables } = this.options;
    const used: Record<string, unknown> = {};
    for (const name of names) {
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) used[name] = variables[name];
    }
    return used;
  }

  /** Asks a subgraph; null, with an error noted, when there is no answer. */
  async ask(
    { subgraph, query, isMutation, rootNames }: Pick<PreparedFetch, 'subgraph' | 'query' | 'isMutation' | 'rootNames'>,
    variables: Record<string, unknown>,
    places: Places,
  ): Promise<FetchAnswer | null> {
    const { sources, context, deferral } = this.options;
    // Nobody waits for it any more.
    if (deferral?.isAbandoned) return null;
    try {
      const source = sources[subgraph];
      if (!source) throw new Error(`There is no way to the subgraph ${subgraph}`);
      return await source.fetch({ query, variables, isMutation, context });
    } catch (error) {
      this.noteUnanswered(error, subgraph, places, rootNames);
      return null;
    }
  }

  /** Notes what a subgraph need not be asked for. */
  saved(subgraph: string, kind: SavingKind, count: number): void {
    this.options.context.record.saved(subgraph, kind, count);
  }

  /** Notes that nothing came for these places, or for these fields of theirs. */
  noteUnanswered(error: unknown, subgraph: string, places: Places, names: readonly string[] = []): void {
    const cause = error instanceof Error ? error : new Error(String(error));
    const place = placeOfAll(places);
    if (names.length === 0) this.errors.push(locatedError(cause, subgraph, place));
    for (const name of names) this.errors.push(locatedError(cause, subgraph, [...(place ?? []), name]));
  }

  /** Notes what should never happen, for a part of the plan that nobody awaits. */
  noteFault(error: unknown): void {
    const originalError = error instanceof Error ? error : new Error(String(error));
    this.errors.push(new GraphQLError(originalError.message, { originalError }));
  }
}
