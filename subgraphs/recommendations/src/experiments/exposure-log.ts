import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { sql } from 'kysely';

/** That a unit met an experiment. */
export interface Exposure {
  experimentId: string;
  unit: string;
  variantId: string;
  /** Who of a cluster it was; null where the person is the unit. */
  participantId: string | null;
  at: Date;
}

const RETRY_MS = 1_000;
const MOST_AT_ONCE = 1_000;
const MOST_WAITING = 20_000;
const MOST_REMEMBERED = 100_000;

/** Writes down who met which experiment, later than they are answered: once each, some together. */
export class ExposureLog {
  private readonly seen = new Set<string>();
  private waiting: Exposure[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  /** @param pauseMs so long the first of some exposures waits for others, in milliseconds */
  constructor(
    private readonly em: EntityManager,
    private readonly logger: Logger,
    private readonly pauseMs = 50,
  ) {}

  /** Notes it, unless this process did before. @param run what is another whenever the experiment starts again */
  add(exposure: Exposure, run: number): void {
    const key = `${exposure.experimentId}:${run}:${exposure.unit}:${exposure.participantId ?? ''}`;
    if (this.seen.has(key)) return;
    if (this.waiting.length >= MOST_WAITING) return;
    if (this.seen.size >= MOST_REMEMBERED) this.seen.clear();
    this.seen.add(key);
    this.waiting.push(exposure);
    this.schedule(this.pauseMs);
  }

  /** Writes what waits and says when that is done; never fails. */
  written(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.writeAll());
    return this.writing;
  }

  private schedule(pauseMs: number): void {
    this.timer ??= setTimeout(() => void this.written(), pauseMs).unref();
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST_AT_ONCE);
      try {
        await writeExposures(this.em.fork(), batch);
      } catch (err) {
        this.logger.warn({ err }, 'Exposures to experiments were not written; it is tried again');
        this.waiting.unshift(...batch);
        this.schedule(RETRY_MS);
        return;
      }
    }
  }
}

/** Exposures of experiments that do not run any more are left out. */
async function writeExposures(em: EntityManager, exposures: readonly Exposure[]): Promise<void> {
  // In one order in all processes, so that two of them never wait for each other.
  const rows = exposures
    .map((exposure) => ({ id: newId(), ...exposure }))
    .sort((a, b) => compare(a.experimentId, b.experimentId) || compare(a.unit, b.unit));
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given
    (id uuid, "experimentId" uuid, unit text, "variantId" uuid, "participantId" uuid, at timestamptz)`;
  await sql`
    insert into recommendations.experiment_exposures (id, experiment_id, unit, variant_id, at)
    select given.id, given."experimentId", given.unit, given."variantId", given.at from ${given}
      join recommendations.experiments e on e.id = given."experimentId" and e.status = 'RUNNING'
     order by given."experimentId", given.unit
        on conflict (experiment_id, unit) do nothing`.execute(em.getKysely());
  const people = rows.flatMap((row) => (row.participantId === null ? [] : [{ ...row, id: newId() }]));
  if (people.length === 0) return;
  await sql`
    insert into recommendations.experiment_participants (id, exposure_id, user_id, at)
    select given.id, x.id, given."participantId", given.at
      from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as given
        (id uuid, "experimentId" uuid, unit text, "participantId" uuid, at timestamptz)
      join recommendations.experiments e on e.id = given."experimentId" and e.status = 'RUNNING'
      join recommendations.experiment_exposures x on x.experiment_id = e.id and x.unit = given.unit
     order by x.id, given."participantId"
        on conflict (exposure_id, user_id) do nothing`.execute(em.getKysely());
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
