import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';
import { COPIES_OF, type MarketCopies, marketCopies, NO_COPIES, QUESTIONS } from './copies.js';
import type { MarketKind } from './market.rules.js';

/** Most that marketplace tells at once. */
export const MOST_COPIES = 500;

const student = z.object({
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
  isErased: z.boolean(),
});

/** What accounts says of a student. */
export type Student = z.output<typeof student>;

/** How something of the market stands: what was asked for, and what of it there is. */
export interface MarketState {
  kind: MarketKind;
  /** What was asked for by id; what is not among the copies is gone. */
  ids: readonly string[];
  copies: MarketCopies;
  /** The students of the copies, by their accounts; who is not there was never known. */
  students: ReadonlyMap<string, Student>;
}

/** Asks marketplace how the market stands now, and accounts for its students. Use it outside transactions only. */
export class MarketSource {
  constructor(private readonly graph: GraphClient) {}

  /** Some of a kind, 500 at most. @throws SERVICE_UNAVAILABLE */
  async byIds(kind: MarketKind, ids: readonly string[]): Promise<MarketState> {
    return this.stateOf(kind, ids, await this.ask(kind, { ids }));
  }

  /** A page of a kind in the order of ids. @throws SERVICE_UNAVAILABLE */
  async page(kind: MarketKind, after: string | null, first: number): Promise<MarketState> {
    return this.stateOf(kind, [], await this.ask(kind, { after, first }));
  }

  private async ask(kind: MarketKind, asked: object): Promise<MarketCopies> {
    const { field, selected } = QUESTIONS[kind];
    const query = `query ($ids: [ID!], $after: ID, $first: Int) {
      ${field}(ids: $ids, after: $after, first: $first) { ${selected} } }`;
    const data = await this.graph.query('marketplace', { query, variables: { ...asked } }, [field]);
    return marketCopies.parse({ ...NO_COPIES, [COPIES_OF[kind]]: data[field] });
  }

  private async stateOf(kind: MarketKind, ids: readonly string[], copies: MarketCopies): Promise<MarketState> {
    return { kind, ids, copies, students: await this.studentsOf(copies) };
  }

  private async studentsOf({ orders, bookings, reviews }: MarketCopies): Promise<Map<string, Student>> {
    const ids = new Set(
      [...orders, ...bookings].map(({ studentId }) => studentId).concat(reviews.map(({ authorId }) => authorId)),
    );
    const found = await this.graph.entities('accounts', 'User', [...ids], ['locale', 'timeZone', 'isErased']);
    return new Map([...found].map(([id, fields]) => [id, student.parse(fields)]));
  }
}
