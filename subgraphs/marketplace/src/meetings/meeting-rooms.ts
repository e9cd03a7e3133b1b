import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { type RoomNeed, type RoomState, type RoomStep, roomStep } from './meeting.rules.js';
import type { Meeting, MeetingProvider, MeetingRoom } from './meeting-provider.js';
import type { MeetingProviders } from './meeting-providers.js';

/** Longer than all calls of one step together; a job that died holds a room up no longer than this. */
export const CLAIM_MS = 60_000;
/** When a meeting is so near, nobody waits for another try of the provider. */
const NEAR_MS = 10 * 60_000;
/** Steps for one room in one run: what it is for may change while we call. */
const MOST_STEPS = 5;

/** How one run of the job went: the room is as it must be, or another job works at it. */
export type Settled = 'DONE' | 'BUSY';

/** What a run of the job knows. */
export interface SettleOptions {
  /** Is there no further try? Then a room that cannot be made is one of the fallback. */
  isLastTry: boolean;
  logger: Logger;
}

/** What has rooms: lessons, or interviews. */
export interface RoomHolders<Row extends RoomState> {
  /** What it is, for metrics. */
  readonly kind: string;
  /** Who makes new rooms. */
  readonly provider: MeetingProvider;
  /** The row as it is now, locked until the transaction ends; null when there is none. */
  lock(tx: EntityManager, id: string): Promise<Row | null>;
  need(row: Row): RoomNeed;
  meeting(row: Row): Meeting;
  /** Tells everybody that the link was made, moved or removed. */
  recordChange(tx: EntityManager, row: Row): Promise<void>;
}

/** What was decided with the row locked, and is then done without a lock. */
interface Intent {
  step: Exclude<RoomStep, 'NOTHING'>;
  provider: MeetingProvider;
  room: { id: string | null; url: string | null };
  meeting: Meeting;
  /** Did an earlier try begin to make it? */
  mayExist: boolean;
}

interface Done {
  provider: MeetingProvider;
  /** Null when it was removed. */
  room: MeetingRoom | null;
}

/**
 * Keeps each video room as what it is for wants it. Three steps each: what is to be done is committed, the provider is called,
 * the result is committed. Cut off between any two, the next run goes on from there; and each run looks at the row as it is
 * then, so that events which come late, twice or crossed do no harm.
 */
export class MeetingRooms<Row extends RoomState> {
  private readonly outcomes;

  constructor(
    private readonly em: EntityManager,
    private readonly holders: RoomHolders<Row>,
    private readonly providers: MeetingProviders,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter({
      name: 'meeting_room_steps_total',
      help: 'Video rooms that were made, moved or removed, failed, or replaced by one that needs no provider',
      labelNames: ['kind', 'provider', 'step', 'outcome'],
    });
  }

  /** Makes, moves or removes a room until it is right. @throws OutsideError when that has to be tried again */
  async settle(id: string, options: SettleOptions): Promise<Settled> {
    for (let count = 0; count < MOST_STEPS; count++) {
      const intent = await transaction(this.em, (tx) => this.claim(tx, id, new Date()));
      if (intent === 'BUSY' || intent === 'DONE') return intent;
      const done = await this.carryOut(id, intent, options);
      await transaction(this.em, (tx) => this.commit(tx, id, intent, done));
    }
    return 'BUSY';
  }

  private async claim(tx: EntityManager, id: string, now: Date): Promise<Intent | Settled> {
    const row = await this.holders.lock(tx, id);
    const step = row ? roomStep(this.holders.need(row), row) : 'NOTHING';
    if (!row || step === 'NOTHING') return 'DONE';
    if (row.meetingClaimedUntil && row.meetingClaimedUntil > now) return 'BUSY';
    const known = row.meetingProvider ? this.providers.get(row.meetingProvider) : undefined;
    if (!known && step === 'REMOVE') {
      // A room of a provider that is configured no longer can only be forgotten.
      forget(row);
      await this.holders.recordChange(tx, row);
      return 'DONE';
    }
    const provider = known ?? this.holders.provider;
    const room = { id: (known && row.meetingId) || null, url: row.meetingUrl ?? null };
    row.meetingClaimedUntil = new Date(now.getTime() + CLAIM_MS);
    if (!room.id && step !== 'REMOVE') Object.assign(row, { meetingProvider: provider.name, meetingId: null });
    const meeting = this.holders.meeting(row);
    return { step: known ? step : 'CREATE', provider, room, meeting, mayExist: Boolean(known) };
  }

  private async carryOut(id: string, intent: Intent, options: SettleOptions): Promise<Done> {
    const { step, provider, meeting } = intent;
    const { kind } = this.holders;
    const labels = { kind, provider: provider.name, step };
    try {
      const room = await perform(intent);
      this.outcomes.inc({ ...labels, outcome: 'done' });
      return { provider, room };
    } catch (error) {
      this.outcomes.inc({ ...labels, outcome: 'failed' });
      if (step === 'CREATE' && isHopeless(error, meeting, options.isLastTry)) {
        const { fallback } = this.providers;
        options.logger.error({ err: error, kind, id, provider: provider.name }, 'A video room is one of the fallback');
        const room = await fallback.create(meeting, false);
        this.outcomes.inc({ ...labels, outcome: 'replaced' });
        return { provider: fallback, room };
      }
      await transaction(this.em, (tx) => this.release(tx, id));
      throw error;
    }
  }

  /** The result. Whether it is still what is wanted is seen in the next round. */
  private async commit(tx: EntityManager, id: string, { meeting }: Intent, { provider, room }: Done): Promise<void> {
    const row = await this.holders.lock(tx, id);
    if (!row) return;
    if (room) {
      Object.assign(row, { meetingProvider: provider.name, meetingId: room.id, meetingUrl: room.url });
      Object.assign(row, { meetingSequence: meeting.version, meetingClaimedUntil: null });
    } else forget(row);
    await this.holders.recordChange(tx, row);
  }

  private async release(tx: EntityManager, id: string): Promise<void> {
    const row = await this.holders.lock(tx, id);
    if (row) row.meetingClaimedUntil = null;
  }
}

async function perform({ step, provider, room, meeting, mayExist }: Intent): Promise<MeetingRoom | null> {
  if (step === 'REMOVE') {
    await provider.remove({ key: meeting.key, id: room.id });
    return null;
  }
  if (step === 'MOVE' && room.id && room.url) return provider.move({ id: room.id, url: room.url }, meeting);
  return provider.create(meeting, mayExist);
}

function forget(row: RoomState): void {
  Object.assign(row, { meetingProvider: null, meetingId: null, meetingUrl: null });
  Object.assign(row, { meetingSequence: null, meetingClaimedUntil: null });
}

function isHopeless(error: unknown, { startsAt }: Meeting, isLastTry: boolean): boolean {
  if (!(error instanceof OutsideError)) return false;
  return isLastTry || !error.isTemporary || startsAt.getTime() - Date.now() < NEAR_MS;
}
