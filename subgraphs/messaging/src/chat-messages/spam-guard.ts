import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { RateRule } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { secondsToWait } from '@tutorgraph/kit/rate-limits/seconds-to-wait';
import type { RoomTools } from '@tutorgraph/kit/room/room';
import type { MessagingErrorCode } from '../errors.js';
import { countLinks } from './contacts.rules.js';
import {
  comparable,
  isNewAccount,
  LINKS_OF_NEW,
  MOST_LINKS_OF_NEW,
  mayRepeat,
  PERSON_PACE,
  ROOM_BURST,
  SAME_TEXT,
} from './spam.rules.js';

/** Keeps people from flooding rooms. It counts, and so belongs before the transaction. */
export class SpamGuard {
  constructor(private readonly tools: Pick<RoomTools, 'rateLimiter' | 'graph' | 'logger'>) {}

  /** Counts a message that somebody wants to send. @throws Refusal TOO_MANY_MESSAGES with `retryAfter`, SPAM_REFUSED */
  async count({ user }: RequestContext, { roomId, text }: { roomId: string; text: string }): Promise<void> {
    await this.pace(`${user.userId} ${roomId}`, ROOM_BURST);
    await this.pace(user.userId, PERSON_PACE);
    if (mayRepeat(user)) return;
    const compared = comparable(text);
    if (compared) await this.refuseBeyond(`${user.userId} ${compared}`, SAME_TEXT);
    const links = countLinks(text);
    if (links > 0 && (await this.isNew(user.userId))) {
      if (links > MOST_LINKS_OF_NEW) throw new Refusal<MessagingErrorCode>('SPAM_REFUSED', ['input', 'text']);
      await this.refuseBeyond(user.userId, LINKS_OF_NEW);
    }
  }

  private async pace(key: string, rule: RateRule): Promise<void> {
    const retryAfter = await this.wait(key, rule);
    if (retryAfter === undefined) return;
    throw new Refusal<MessagingErrorCode>([
      { code: 'TOO_MANY_MESSAGES', values: { seconds: retryAfter }, details: { retryAfter } },
    ]);
  }

  private async refuseBeyond(key: string, rule: RateRule): Promise<void> {
    if ((await this.wait(key, rule)) === undefined) return;
    throw new Refusal<MessagingErrorCode>('SPAM_REFUSED', ['input', 'text']);
  }

  private wait(key: string, rule: RateRule): Promise<number | undefined> {
    return secondsToWait(() => this.tools.rateLimiter.consume(key, rule));
  }

  /** While accounts does not answer nobody is new: people who know each other go on writing. */
  private async isNew(userId: string): Promise<boolean> {
    try {
      const people = await this.tools.graph.entities('accounts', 'User', [userId], ['createdAt']);
      const createdAt = people.get(userId)?.['createdAt'];
      return createdAt instanceof Date || typeof createdAt === 'string'
        ? isNewAccount(new Date(createdAt), new Date())
        : false;
    } catch (err) {
      this.tools.logger.warn({ err }, 'The age of an account could not be asked; its links are let through');
      return false;
    }
  }
}
