import { Cache } from '@tutorgraph/kit/cache/cache';
import type { CacheStore } from '@tutorgraph/kit/cache/cache-store';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { z } from 'zod';
import { storedList, toStored } from './ranked-list.stored.js';
import type { RankedList } from './recommend.js';

/** What a kept list was made for: who asks for another finds none under its id. */
export interface ListKey {
  /** Names the wish: an order or an input, as it stands, and who asks. */
  wish: string;
  /** Names what it is answered by: models, variants. */
  basis: string;
  /** The order that the wish is; null where there is none. */
  orderId: string | null;
}

/** A list is the answer to its wish for so long, when nothing that it depends on changes before. */
const CURRENT_MS = 5 * 60 * 1000;
/** Whoever pages goes on in the list that they began for so long. */
const PAGED_MS = 30 * 60 * 1000;
/** Raised whenever what a list is changes. */
const VERSION = 1;

/**
 * Lists that were computed, in the store that all processes of the room share, so that they give the same answer. Which list
 * answers a wish, and the lists themselves, so that paging goes on in one list although another answers by now.
 */
export class KeptLists {
  private readonly current;
  private readonly lists;

  constructor(options: { store: CacheStore; logger: Logger; metrics: Metrics }) {
    const shared = { ...options, version: VERSION };
    this.current = new Cache({
      ...shared,
      namespace: 'recommendations:current-list',
      schema: z.string(),
      ttlMs: CURRENT_MS,
    });
    this.lists = new Cache({
      ...shared,
      namespace: 'recommendations:list',
      schema: z.object({ wish: z.string(), list: storedList }),
      ttlMs: PAGED_MS,
    });
  }

  /** The list that answers a wish, and whether it was computed now. Those who ask in the same moment share it. */
  async answer(
    { wish, basis, orderId }: ListKey,
    compute: () => Promise<RankedList>,
  ): Promise<{ list: RankedList; isNew: boolean }> {
    let made: RankedList | undefined;
    const load = async () => {
      made = await compute();
      // Before anybody is told of it.
      await this.keep(wish, made);
      return made.id;
    };
    const id = await this.current.getOrLoad(`${wish}:${basis}`, load, orderId === null ? [] : [orderId]);
    if (made) return { list: made, isNew: true };
    const list = await this.find(wish, id);
    if (list) return { list, isNew: false };
    await this.drop({ wish, basis, orderId });
    return { list: await compute(), isNew: true };
  }

  /** A list by its id, while it is kept; undefined when it was made for another wish. */
  async find(wish: string, id: string): Promise<RankedList | undefined> {
    try {
      const kept = await this.lists.getOrLoad(id, () => Promise.reject(new Gone()));
      return kept.wish === wish ? kept.list : undefined;
    } catch (error) {
      if (error instanceof Gone) return undefined;
      throw error;
    }
  }

  /** Lets the next one who asks have a list that is computed anew. */
  drop({ wish, basis }: ListKey): Promise<void> {
    return this.current.invalidate({ keys: [`${wish}:${basis}`] });
  }

  /** The same for all lists of an order, whoever has which variant: those that are being computed, too. */
  dropOrder(orderId: string): Promise<void> {
    return this.current.invalidate({ tags: [orderId] });
  }

  private async keep(wish: string, list: RankedList): Promise<void> {
    await this.lists.getOrLoad(list.id, async () => ({ wish, list: toStored(list) }));
  }
}

class Gone extends Error {}
