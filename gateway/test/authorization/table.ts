import type { Audience } from './audience.js';
import type { World } from './world.js';

/** Who may use one root field. */
export type Row = Audience | DetailedRow;

/** A row of a field whose least operation says too little. */
export interface DetailedRow {
  who: Audience;
  /** Makes what the viewer needs first, whether they are allowed or not. @returns arguments that matter to who may */
  prepare: (world: World, authorization: string | undefined) => Promise<Record<string, unknown>>;
}

/** Who may use each root field of one room. */
export type Table = Readonly<Record<RootType, Readonly<Record<string, Row>>>>;

/** The name of a root type. */
export type RootType = 'Query' | 'Mutation' | 'Subscription';

/** A row with all its details. */
export function detailed(row: Row): DetailedRow {
  return 'who' in row ? row : { who: row, prepare: async () => ({}) };
}
