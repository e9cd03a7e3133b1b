import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { unseal } from '@tutorgraph/kit/secrets/seal';
import { accessKey } from '../external-calendars/read-calendar.job.js';
import type { OpenGoogleOAuth } from '../google/google-settings.js';
import { removeOwnEvent } from '../google/own-event.js';
import { lessonEventId } from './google-busy.rules.js';
import { type Departure, endDeparture, stillConnected, takeDepartures } from './google-departure.repository.js';

const AT_ONCE = 20;
const TRY_AGAIN_MS = 10 * 60 * 1000;

/** Clears Google calendars that were disconnected of lessons to come, and gives the consent back. */
export class GoogleDepartures {
  constructor(
    private readonly em: EntityManager,
    private readonly secret: string,
    private readonly open: OpenGoogleOAuth | undefined,
  ) {}

  /**
   * Clears those whose time has come. One that fails by a fault of ours keeps no other one waiting.
   *
   * @throws AggregateError of such faults, after all were tried
   */
  async clear(signal: AbortSignal): Promise<void> {
    const faults: unknown[] = [];
    for (let taken: Departure[] | undefined; (!taken || taken.length === AT_ONCE) && !signal.aborted; ) {
      const now = new Date();
      const until = new Date(now.getTime() + TRY_AGAIN_MS);
      taken = await transaction(this.em, (tx) => takeDepartures(tx, now, until, AT_ONCE));
      for (const departure of taken) {
        const isCleared = await this.clearOne(departure, signal).catch((fault: unknown) => {
          faults.push(fault);
          return false;
        });
        // A last try that was cut off was none.
        if (isCleared || (departure.isLast && !signal.aborted)) await endDeparture(this.em.fork(), departure.id);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Some Google calendars could not be cleared');
  }

  /** @returns whether there is nothing more to be done */
  private async clearOne(departure: Departure, signal: AbortSignal): Promise<boolean> {
    // Without our keys at Google nothing can be done.
    if (!this.open) return true;
    const { isConnected, bookingIds } = await stillConnected(this.em.fork(), departure.accountHash);
    const kept = new Set(bookingIds);
    const refreshToken = unseal(departure.sealedAccess, accessKey(this.secret));
    const oauth = await this.open();
    const google = oauth.person(refreshToken);
    try {
      for (const bookingId of departure.bookingIds) {
        signal.throwIfAborted();
        if (!kept.has(bookingId)) await removeOwnEvent(google, lessonEventId(bookingId));
      }
      // Google takes back everything that this account allowed us, not this one token.
      if (!isConnected) await oauth.revoke(refreshToken);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (error instanceof OutsideError) return !error.isTemporary;
      throw error;
    }
  }
}
