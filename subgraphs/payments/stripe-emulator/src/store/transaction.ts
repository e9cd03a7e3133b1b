import { noSuch } from '../protocol/stripe-error.js';
import { PLATFORM } from './ids.js';
import type { Changes } from './store.js';
import type { Kind, Tables } from './tables.js';

/** Which request makes the changes; events tell it. */
export interface Origin {
  requestId: string | null;
  idempotencyKey: string | null;
}

/** What surrounds a transaction. */
export interface Surroundings {
  /** Where the emulator's pages are, such as `http://127.0.0.1:12111`. */
  publicUrl: string;
  origin: Origin;
  /** Unix seconds; does not move during a transaction. */
  now: number;
}

/** One commit, seen from one account. @see Store.commit */
export class Transaction {
  constructor(
    private readonly changes: Changes,
    readonly surroundings: Surroundings,
    /** Whose objects are read and written. */
    readonly account: string = PLATFORM,
  ) {}

  /** The same commit, seen from another account. */
  in(account: string): Transaction {
    return account === this.account ? this : new Transaction(this.changes, this.surroundings, account);
  }

  /** The same commit at another time. @param now unix seconds */
  at(now: number): Transaction {
    return new Transaction(this.changes, { ...this.surroundings, now }, this.account);
  }

  /** Unix seconds. */
  get now(): number {
    return this.surroundings.now;
  }

  find<K extends Kind>(kind: K, id: string): Tables[K] | undefined {
    // The table holds only what was put under its kind.
    return this.changes.table(kind, this.account).find(id)?.object as Tables[K] | undefined;
  }

  /**
   * @param param what the error names as wrong
   * @throws StripeError 404 resource_missing
   */
  get<K extends Kind>(kind: K, id: string, param = 'id'): Tables[K] {
    const object = this.find(kind, id);
    if (!object) throw noSuch(kind, id, param);
    return object;
  }

  put<K extends Kind>(kind: K, object: Tables[K]): Tables[K] {
    this.changes.put(kind, this.account, object);
    return object;
  }

  /** Changes some fields. @throws StripeError when there is no such object */
  update<K extends Kind>(kind: K, id: string, fields: Partial<Tables[K]>): Tables[K] {
    return this.put(kind, { ...this.get(kind, id), ...fields });
  }

  remove(kind: Kind, id: string): void {
    this.changes.remove(kind, this.account, id);
  }

  /** Forgets the objects that were made before a time; unix seconds. */
  forgetBefore(kind: 'event' | 'idempotent_answer', time: number): void {
    for (;;) {
      const [oldest] = this.walk(kind, 0, 1);
      if (!oldest || oldest.created >= time) return;
      this.remove(kind, oldest.id);
    }
  }

  /** How many objects of the kind there are. */
  count(kind: Kind): number {
    return this.changes.table(kind, this.account).size;
  }

  /** Where an object stands among its kind, the oldest at 0. */
  indexOf(kind: Kind, id: string): number | undefined {
    return this.changes.table(kind, this.account).indexOf(id);
  }

  /** Objects from a place on towards the oldest, or with `step` 1 towards the newest. */
  *walk<K extends Kind>(kind: K, from = this.count(kind) - 1, step: 1 | -1 = -1): Generator<Tables[K]> {
    const table = this.changes.table(kind, this.account);
    for (let index = from; index >= 0 && index < table.size; index += step) yield table.at(index) as Tables[K];
  }

  /** Objects for which the condition holds, the newest first. */
  all<K extends Kind>(kind: K, holds: (object: Tables[K]) => boolean = () => true): Tables[K][] {
    return [...this.walk(kind)].filter(holds);
  }
}
