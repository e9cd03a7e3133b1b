import type { Change, Journal } from './journal.js';
import { type Row, type StoredObject, Table } from './table.js';
import type { Kind, Tables } from './tables.js';

/** What a commit may do; see {@link Store.commit}. */
export interface Changes {
  /** The table to read, own changes included. */
  table(kind: Kind, account: string): Table;
  put<K extends Kind>(kind: K, account: string, object: Tables[K]): void;
  remove(kind: Kind, account: string, id: string): void;
}

interface Undo {
  table: Table;
  id: string;
  before: Row | undefined;
}

/**
 * Objects in memory, by kind and account, and in a journal when there is one. Objects are frozen: a change is another
 * object under the same id.
 */
export class Store {
  private readonly tables = new Map<string, Table>();
  private readonly listeners: ((changes: readonly Change[]) => void)[] = [];
  private isCommitting = false;

  constructor(private readonly journal?: Journal) {
    if (!journal) return;
    for (const changes of journal.read()) {
      for (const [kind, account, id, object] of changes) this.apply(kind, account, id, object);
    }
    journal.restart(this.everything());
  }

  /**
   * Does the work and keeps all its changes, or none when it throws. The work is synchronous: no other one runs
   * meanwhile.
   */
  commit<Result>(work: (changes: Changes) => Result): Result {
    if (this.isCommitting) throw new Error('A commit within a commit; use the one that runs');
    this.isCommitting = true;
    const log: Change[] = [];
    const undo: Undo[] = [];
    try {
      const result = work(this.changes(log, undo));
      if (log.length > 0) this.journal?.append(log);
      return result;
    } catch (error) {
      for (const { table, id, before } of undo.reverse()) table.restore(id, before);
      log.length = 0;
      throw error;
    } finally {
      this.isCommitting = false;
      if (log.length > 0) for (const listener of this.listeners) listener(log);
    }
  }

  /** Hears of every commit after it has happened, in order. */
  onCommit(listener: (changes: readonly Change[]) => void): void {
    this.listeners.push(listener);
  }

  /** Objects of one kind and account, the oldest first. */
  *rows<K extends Kind>(kind: K, account: string): Generator<Tables[K]> {
    const table = this.table(kind, account);
    // The table holds only what was put under its kind.
    for (let index = 0; index < table.size; index += 1) yield table.at(index) as Tables[K];
  }

  find<K extends Kind>(kind: K, account: string, id: string): Tables[K] | undefined {
    // The table holds only what was put under its kind.
    return this.table(kind, account).find(id)?.object as Tables[K] | undefined;
  }

  close(): void {
    this.journal?.close();
  }

  private changes(log: Change[], undo: Undo[]): Changes {
    const change = (kind: Kind, account: string, id: string, object: StoredObject | null) => {
      const table = this.table(kind, account);
      undo.push({ table, id, before: table.find(id) });
      this.apply(kind, account, id, object);
      log.push([kind, account, id, object]);
    };
    return {
      table: (kind, account) => this.table(kind, account),
      put: (kind, account, object) => change(kind, account, object.id, object),
      remove: (kind, account, id) => change(kind, account, id, null),
    };
  }

  private apply(kind: string, account: string, id: string, object: StoredObject | null): void {
    const table = this.table(kind, account);
    if (object) table.put(deepFreeze(object));
    else table.restore(id, undefined);
  }

  private table(kind: string, account: string): Table {
    const key = `${kind} ${account}`;
    let table = this.tables.get(key);
    if (!table) {
      table = new Table();
      this.tables.set(key, table);
    }
    return table;
  }

  private *everything(): Generator<Change> {
    for (const [key, table] of this.tables) {
      const [kind = '', account = ''] = key.split(' ');
      for (let index = 0; index < table.size; index += 1) {
        const object = table.at(index);
        if (object) yield [kind, account, object.id, object];
      }
    }
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
