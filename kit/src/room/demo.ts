import type { EntityManager } from '@mikro-orm/postgresql';
import { createOrm } from '../database/orm.js';
import type { RoomDefinition } from './room.js';

/** How much demo data to make, and from which seed: the same seed gives the same data. */
export interface DemoOptions {
  seed: number;
  tutors: number;
  orders: number;
  /** The day on which the story ends. */
  now: Date;
  /** Told how much of the room's data is there, 0 to 1. */
  onProgress: (share: number) => void;
  /** What the rooms before it have told, by their names; whoever reads it checks it by a schema of its own. @default nothing */
  told?: ReadonlyMap<string, unknown>;
}

/** A room's part of the demo data. */
export interface RoomDemo {
  /** Is nothing there that demo data would mingle with? */
  isEmpty(em: EntityManager): Promise<boolean>;
  /** Removes what the room keeps about people and what they did. */
  clear(em: EntityManager): Promise<void>;
  /** @returns what rooms after it need to know for theirs, if anything */
  load(em: EntityManager, options: DemoOptions): Promise<unknown>;
}

/** What a first start fills the playground with. */
export const firstStart = { seed: 7, tutors: 64, orders: 30 } as const;

/** How to load demo data into every room. */
export interface LoadDemoOptions extends Omit<DemoOptions, 'onProgress' | 'told'> {
  /** Remove what is there before. */
  clear: boolean;
  onProgress?: (room: string, share: number) => void;
}

/**
 * Loads demo data into every room that has some.
 *
 * @returns false when there is data already and it was not to be removed; then nothing changes
 */
export async function loadDemo(
  definitions: readonly RoomDefinition[],
  url: string,
  { clear, onProgress, ...options }: LoadDemoOptions,
): Promise<boolean> {
  const told = new Map<string, unknown>();
  for (const step of clear ? (['clear', 'load'] as const) : (['check', 'load'] as const)) {
    for (const definition of definitions) {
      const demo = await definition.demo?.();
      if (!demo) continue;
      const orm = await createOrm(definition.database, { url, poolSize: 2 });
      try {
        if (step === 'check' && !(await demo.isEmpty(orm.em.fork()))) return false;
        if (step === 'clear') await demo.clear(orm.em.fork());
        if (step !== 'load') continue;
        const progress = (share: number) => onProgress?.(definition.name, share);
        told.set(definition.name, await demo.load(orm.em.fork(), { ...options, told, onProgress: progress }));
      } finally {
        await orm.close();
      }
    }
  }
  return true;
}
