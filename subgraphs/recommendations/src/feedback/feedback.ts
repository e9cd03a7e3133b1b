import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { isOutage } from '@tutorgraph/kit/events/failure';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Surface } from './feedback.entity.js';
import { feedbackId } from './feedback-id.js';
import { insertLists } from './shown-list.repository.js';

/** A list that was computed for somebody. */
export interface LoggedRequest {
  surface: Surface;
  orderId: string | null;
  /** The account that is answered; null when nobody is known. */
  viewerId: string | null;
  subjectId: string | null;
  /** In lower case. */
  city: string | null;
  /** The model that ranked; null where none does. */
  modelId: string | null;
  /** What embedded the texts that were compared; null when none were. */
  embeddingModel: string | null;
  /** The variants that the viewer has, by experiment id. */
  variants: Readonly<Record<string, string>>;
  /** Did something fail, so that the list is only a sensible one? */
  degraded: boolean;
  candidateCount: number;
  /** By what this list is told from another for the same viewer and order, such as the key under which it is cached. */
  list: string;
  at: Date;
}

/** A tutor who is shown at a place of a list. */
export interface ShownTutor {
  tutorId: string;
  /** In the whole list, 1 at the top. */
  position: number;
  score: number;
  /** The chance of success that is told, 0 to 1; null where none is. */
  chance: number | null;
  /** As featureRow gives them. NaN: not known. */
  features: readonly number[];
  explored: boolean;
}

/** An order that is shown to a tutor at a place of a list. */
export interface ShownOrder {
  orderId: string;
  /** In the whole list, 1 at the top. */
  position: number;
  /** What it is worth to answer. */
  score: number;
  /** The chance to be chosen that is told, 0 to 1. */
  chance: number;
}

/** A page of a list that was shown, ready to be stored. */
export interface ShownList {
  id: string;
  request: LoggedRequest;
  tutors: readonly ShownTutor[];
  orders: readonly ShownOrder[];
}

/** How long a list that is asked for again counts as the same. */
const SAME_LIST_MS = 10 * 60 * 1000;
/** What waits to be stored is stored so often, or as soon as so many lists wait. */
const FLUSH_MS = 250;
const FLUSH_AT = 100;
/** So many lists at once, in one transaction. */
const BATCH = 200;
/** Lists that wait at most; while the database is slower than that, what is more is not noted. */
const MOST_WAITING = 2_000;

/** Notes which lists were shown to whom, beside the answer and never in its way: what cannot be stored is counted. */
export class Feedback {
  private waiting: ShownList[] = [];
  private storing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  /** What is stored later belongs to no request. */
  private readonly outside = AsyncLocalStorage.snapshot();
  private readonly noted;
  private readonly lost;

  constructor(
    private readonly em: EntityManager,
    metrics: Metrics,
    private readonly logger: Logger,
  ) {
    this.noted = metrics.counter({
      name: 'recommendation_lists_total',
      help: 'Pages of lists that were noted as shown, by where and whether something had failed',
      labelNames: ['surface', 'degraded'],
    });
    this.lost = metrics.counter({
      name: 'recommendation_lists_lost_total',
      help: 'Pages of lists that were shown and could not be noted, by why',
      labelNames: ['reason'],
    });
  }

  /**
   * Notes that a page of a list of tutors is shown; returns at once and never throws. The same list for the same viewer and order
   * within ten minutes is one request, to which further pages add their tutors.
   *
   * @returns the id of the request, which the client sends with what it opens
   */
  log(request: LoggedRequest, tutors: readonly ShownTutor[]): string {
    return this.note(request, { tutors, orders: [] });
  }

  /** The same for a page of a list of orders that a tutor could answer. @see log */
  logOrders(request: LoggedRequest, orders: readonly ShownOrder[]): string {
    return this.note(request, { tutors: [], orders });
  }

  /** Stores what waits; resolves when everything is stored that was noted before. It never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.storing = this.storing.then(() => this.outside(() => this.store()));
    return this.storing;
  }

  /** Resolves when everything that any process has noted until now is stored, unless it cannot be. */
  async settled(): Promise<void> {
    await Promise.all([this.flush(), delay(2 * FLUSH_MS)]);
  }

  private note(request: LoggedRequest, shown: Pick<ShownList, 'tutors' | 'orders'>): string {
    const id = requestId(request);
    if (this.waiting.length >= MOST_WAITING) {
      this.lost.inc({ reason: 'full' });
      return id;
    }
    this.waiting.push({ id, request, ...shown });
    if (this.waiting.length % FLUSH_AT === 0) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
    return id;
  }

  private async store(): Promise<void> {
    while (this.waiting.length > 0) await this.storeBatch(this.waiting.splice(0, BATCH));
  }

  private async storeBatch(lists: readonly ShownList[]): Promise<void> {
    try {
      await transaction(this.em, (tx) => insertLists(tx, lists));
      for (const { request } of lists) {
        this.noted.inc({ surface: request.surface, degraded: String(request.degraded) });
      }
    } catch (err) {
      if (lists.length > 1 && !isOutage(err)) {
        // One that the database refuses does not take the others with it.
        for (const list of lists) await this.storeBatch([list]);
        return;
      }
      this.lost.inc({ reason: 'database' }, lists.length);
      this.logger.error({ err, lists: lists.length }, 'Lists that were shown could not be noted');
    }
  }
}

function requestId(request: LoggedRequest): string {
  const { viewerId, surface, orderId, subjectId, modelId, list, at } = request;
  if (viewerId === null) return newId();
  const moment = String(Math.floor(at.getTime() / SAME_LIST_MS));
  return feedbackId('list', viewerId, surface, orderId ?? '', subjectId ?? '', modelId ?? '', list, moment);
}
