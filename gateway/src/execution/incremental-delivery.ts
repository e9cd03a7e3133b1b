import type { ExecutionResult, GraphQLError } from 'graphql';
import type { DeferredPlace, Shaped } from './completion.js';
import type { Deferral } from './deferral.js';
import type { IncrementalPart, IncrementalUpdate } from './incremental-result.js';
import type { PlanRun } from './plan-run.js';
import { shapePart } from './result-shaper.js';
import { isExplained, isPlaceIn, placedIn, startsWith } from './told-errors.js';

/** A part that is about to be told. */
interface ToldPart {
  place: DeferredPlace;
  shaped: Shaped;
  errors: GraphQLError[];
}

/**
 * Tells the parts of a result in the order in which they become known: a part as soon as it was fetched and the object it is of was
 * told. An error is told by the part that has its place; one that belongs to the operation as a whole by the first.
 */
export class IncrementalDelivery implements AsyncIterator<IncrementalUpdate, void> {
  /** Parts of objects that were told. */
  private waiting: DeferredPlace[] = [];
  /** Errors whose place is in a part that waits. */
  private held: GraphQLError[] = [];
  /** All that subgraphs refused so far. */
  private readonly refusals: GraphQLError[] = [];

  constructor(
    private readonly deferral: Deferral,
    /** What the client calls the parts. */
    private readonly labels: ReadonlyMap<string, string | undefined>,
  ) {}

  /** Are there parts to come? */
  get hasNext(): boolean {
    return this.waiting.length > 0;
  }

  /** What is told at once. */
  begin({ data, errors: unfit, deferred }: Shaped, { errors }: PlanRun): ExecutionResult {
    this.waiting = [...deferred];
    this.refusals.push(...errors);
    const told: GraphQLError[] = [];
    for (const error of errors) {
      if (isPlaceIn(data, error.path ?? []) || !this.isAwaited(error)) told.push(placedIn(data, error));
      else this.held.push(error);
    }
    told.push(...unfit.filter((error) => !isExplained(error, errors)));
    return told.length > 0 ? { errors: told, data } : { data };
  }

  /** The parts that became known since, or the next ones to become so. */
  async next(): Promise<IteratorResult<IncrementalUpdate, void>> {
    while (this.hasNext && !this.deferral.isAbandoned) {
      const incremental = this.tellFetched();
      if (incremental.length > 0) return { done: false, value: { incremental, hasNext: this.hasNext } };
      await this.deferral.nextFetched();
    }
    return { done: true, value: undefined };
  }

  /** The client has left. */
  async return(): Promise<IteratorResult<IncrementalUpdate, void>> {
    this.deferral.abandon();
    return { done: true, value: undefined };
  }

  /** Parts may hold others that were fetched before them. */
  private tellFetched(): IncrementalPart[] {
    const told: IncrementalPart[] = [];
    for (let label = this.fetchedLabel(); label !== undefined; label = this.fetchedLabel()) {
      told.push(...this.tell(label));
    }
    return told;
  }

  private fetchedLabel(): string | undefined {
    const { fetched, isOver } = this.deferral;
    // A part that the planner has nothing to fetch for is known in the end at the latest.
    return this.waiting.find(({ label }) => isOver || fetched.has(label))?.label;
  }

  private tell(label: string): IncrementalPart[] {
    const parts = this.waiting
      .filter((place) => place.label === label)
      .map((place): ToldPart => ({ place, shaped: shapePart(place), errors: [] }));
    const others = this.waiting.filter((place) => place.label !== label);
    this.waiting = [...others, ...parts.flatMap(({ shaped }) => shaped.deferred)];
    const refused = this.deferral.fetched.get(label)?.errors ?? [];
    this.refusals.push(...refused);
    this.shareOut([...this.held.splice(0), ...refused], parts);
    const own = this.labels.get(label);
    return parts.map(({ place: { path }, shaped, errors: refusals }) => {
      const errors = [...refusals, ...shaped.errors.filter((error) => !isExplained(error, this.refusals))];
      const { data } = shaped;
      return { data, path, ...(own !== undefined && { label: own }), ...(errors.length > 0 && { errors }) };
    });
  }

  private shareOut(errors: readonly GraphQLError[], parts: readonly ToldPart[]): void {
    for (const error of errors) {
      const { path = [] } = error;
      const around = parts.filter(({ place }) => startsWith(path, place.path));
      const holder = around.find(({ place, shaped }) => isPlaceIn(shaped.data, path.slice(place.path.length)));
      if (!holder && this.isAwaited(error)) this.held.push(error);
      else {
        const teller = holder ?? around[0] ?? parts[0];
        teller?.errors.push(placedIn(teller.shaped.data, error, teller.place.path));
      }
    }
  }

  private isAwaited({ path }: GraphQLError): boolean {
    return path !== undefined && this.waiting.some((place) => startsWith(path, place.path));
  }
}
