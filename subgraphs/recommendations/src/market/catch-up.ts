import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { sql } from 'kysely';
import { CatchUp } from './catch-up.entity.js';
import { COPIES_OF } from './copies.js';
import { MARKET_CONSUMER } from './market.consumer.js';
import { type MarketKind, marketKinds } from './market.rules.js';
import { type MarketSource, type MarketState, MOST_COPIES } from './market-source.js';
import type { MarketWriter } from './market-writer.js';

/** How often a page is asked for again, each time half as long, because events came in between. */
const MOST_CONFLICTS = 20;

/** A page as it was found, to be written unless something has happened meanwhile. */
interface Page {
  progress: CatchUp;
  state: MarketState;
  /** Where the next page begins; null when this is the last one of its kind. */
  next: string | null;
  /** How far the consumer of events had got before the page was asked for. */
  position: string | undefined;
}

/** Copies the whole market, page by page, and goes on where it was when it was cut off. */
export class CatchUpRunner {
  constructor(
    private readonly em: EntityManager,
    private readonly source: MarketSource,
    private readonly writer: MarketWriter,
  ) {}

  /** Has the market been copied as a whole, without one that was cut off since? */
  async isDone(): Promise<boolean> {
    const runs = await this.em.fork().find(CatchUp, {}, { orderBy: { startedAt: 'desc' }, limit: 1 });
    return Boolean(runs[0]?.finishedAt);
  }

  /**
   * Goes on with what was cut off, or copies everything from the beginning; until it is done, or somebody else has gone on.
   *
   * @param pageSize - 1 to 500
   * @throws SERVICE_UNAVAILABLE; what was copied until then stays
   */
  async run(signal: AbortSignal, pageSize = MOST_COPIES): Promise<void> {
    await this.begin();
    for (let size = pageSize, conflicts = 0; ; ) {
      signal.throwIfAborted();
      const progress = await this.em.fork().findOne(CatchUp, { finishedAt: null });
      if (!progress) return;
      const page = await this.read(progress, size);
      const isWritten = await this.write(page);
      conflicts = isWritten ? 0 : conflicts + 1;
      if (conflicts > MOST_CONFLICTS)
        throw new Error('The market changes faster than it can be copied; the job goes on later');
      size = isWritten ? pageSize : Math.max(1, Math.floor(size / 2));
    }
  }

  private async begin(): Promise<void> {
    // Of two that begin at once the index lets one.
    await sql`
      insert into recommendations.catch_ups (id, removes, kind, copied, started_at)
      select ${newId()}::uuid, exists (select from recommendations.catch_ups), ${marketKinds[0]}, 0, now()
      on conflict do nothing`.execute(this.em.fork().getKysely());
  }

  private async read(progress: CatchUp, size: number): Promise<Page> {
    const { kind, removes } = progress;
    const afterId = progress.afterId ?? null;
    const position = await readPosition(this.em.fork());
    const state = await this.source.page(kind, afterId, size);
    const found = state.copies[COPIES_OF[kind]];
    const next = found.length < size ? null : (found.at(-1)?.id ?? null);
    if (!removes) return { progress, state, next, position };
    const known = await idsBetween(this.em.fork(), kind, afterId, next);
    const there = new Set(found.map(({ id }) => id));
    return {
      progress,
      state: await this.withAbsent(
        state,
        known.filter((id) => !there.has(id)),
      ),
      next,
      position,
    };
  }

  /** Asks again for what is known here and was not on the page, so that only what is really gone is removed. */
  private async withAbsent(page: MarketState, ids: readonly string[]): Promise<MarketState> {
    let state = page;
    for (let first = 0; first < ids.length; first += MOST_COPIES) {
      const again = await this.source.byIds(page.kind, ids.slice(first, first + MOST_COPIES));
      const name = COPIES_OF[page.kind];
      state = {
        kind: page.kind,
        ids: [...state.ids, ...again.ids],
        copies: { ...state.copies, [name]: [...state.copies[name], ...again.copies[name]] },
        students: new Map([...state.students, ...again.students]),
      };
    }
    return state;
  }

  /**
   * Writes a page, unless the consumer has written something newer since it was asked for, or another runner has gone on.
   *
   * @returns false when the page has to be asked for again
   */
  private write({ progress: { id, kind, afterId }, state, next, position }: Page): Promise<boolean> {
    return transaction(this.em, async (tx) => {
      const progress = await tx.findOneOrFail(CatchUp, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const isOurs = progress.kind === kind && (progress.afterId ?? null) === (afterId ?? null) && !progress.finishedAt;
      if (!isOurs) return true;
      if ((await readPosition(tx, sql`for update`)) !== position) return false;
      const now = new Date();
      await this.writer.write(tx, state, now);
      const nextKind = next === null ? marketKinds[marketKinds.indexOf(kind) + 1] : kind;
      progress.copied += state.copies[COPIES_OF[kind]].length;
      progress.afterId = next;
      if (nextKind) progress.kind = nextKind;
      else progress.finishedAt = now;
      return true;
    });
  }
}

/** How far the consumer of the market's events has got; undefined before it has begun. */
async function readPosition(em: EntityManager, lock = sql``): Promise<string | undefined> {
  const { name, stream } = MARKET_CONSUMER;
  const { rows } = await sql<{ position: string }>`
    select position::text from recommendations.inbox where consumer = ${name} and stream = ${stream} ${lock}`.execute(
    em.getKysely(),
  );
  return rows[0]?.position;
}

async function idsBetween(
  em: EntityManager,
  kind: MarketKind,
  after: string | null,
  last: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from recommendations.${sql.raw(COPIES_OF[kind])}
     where (${after}::uuid is null or id > ${after}::uuid) and (${last}::uuid is null or id <= ${last}::uuid)`.execute(
    em.getKysely(),
  );
  return rows.map(({ id }) => id);
}
