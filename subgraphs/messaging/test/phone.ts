import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { sql } from 'kysely';
import type { ChangeRow } from '../src/changes/change.repository.js';
import { ChangesService } from '../src/changes/changes.service.js';
import { decodeSyncCursor, encodeSyncCursor } from '../src/changes/sync-cursor.js';

/** What a device is told, but for its place in the order. */
export type Told = Omit<ChangeRow, 'position'> & { id: string };

const TABLES = { MESSAGE: 'chat_messages', NOTIFICATION: 'notifications' } as const;

/** A device that keeps what it is told, below GraphQL. */
export class Phone {
  cursor: string | null = null;
  /** How often it was told of something. */
  told = 0;
  /** How often it was told the same version of a row. */
  repeats = 0;
  private readonly service = new ChangesService();
  private readonly seen = new Set<string>();
  private readonly rows = new Map<string, { what: string; version: string }>();

  constructor(
    private readonly em: EntityManager,
    readonly userId: string,
  ) {}

  /** Asks for one page. */
  async ask(first = 100) {
    const context = { em: this.em.fork(), user: { userId: this.userId } } as unknown as RequestContext;
    const page = await this.service.since(context, this.cursor, first);
    this.cursor = page.cursor;
    for (const change of page.changes) await this.keep(change);
    const changes: Told[] = page.changes.map(({ position: { id }, ...told }) => ({ id, ...told }));
    return { changes, hasMore: page.hasMore, isReset: page.isReset };
  }

  /** Asks until nothing is left. */
  async askUntilDone(first = 100): Promise<{ changes: Told[] }> {
    const changes: Told[] = [];
    for (;;) {
      const page = await this.ask(first);
      changes.push(...page.changes);
      if (!page.hasMore && page.changes.length === 0) return { changes };
    }
  }

  /** Versions of rows of a kind that it holds, by id. */
  held(what: keyof typeof TABLES): Record<string, string> {
    const rows = [...this.rows].filter(([, row]) => row.what === what);
    return Object.fromEntries(rows.map(([id, { version }]) => [id, version]));
  }

  /** A cursor with something changed. */
  change(cursor: string, change: object): string {
    return encodeSyncCursor({ ...decodeSyncCursor(cursor), ...change });
  }

  private async keep({ what, isGone, position: { id, tx } }: ChangeRow): Promise<void> {
    this.told += 1;
    if (what !== 'MESSAGE' && what !== 'NOTIFICATION') return;
    if (isGone) {
      this.rows.delete(id);
      return;
    }
    // Loaded a moment later, as resolvers do: it may have changed again, and is told again then.
    const { rows } = await sql<{ tx: string; is_deleted: boolean }>`
      select changed_tx::text as tx, deleted_at is not null as is_deleted from ${sql.table(`messaging.${TABLES[what]}`)}
      where id = ${id}`.execute(this.em.fork().getKysely());
    const [row] = rows;
    if (this.seen.has(`${id}:${tx}`)) this.repeats += 1;
    this.seen.add(`${id}:${tx}`);
    if (!row || (what === 'NOTIFICATION' && row.is_deleted)) this.rows.delete(id);
    else this.rows.set(id, { what, version: row.tx });
  }
}
