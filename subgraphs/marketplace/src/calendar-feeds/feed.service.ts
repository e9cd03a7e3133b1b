import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { locales } from '@tutorgraph/kit/messages/languages';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { Calendar } from '../calendars/calendar.entity.js';
import { lockCalendar } from '../calendars/calendar.repository.js';
import { writeFeed } from './feed.js';
import { feedOwner, interviewsOf, lessonsOf } from './feed.repository.js';
import { FEEDS_PATH, feedToken, readFeedToken } from './feed-address.js';

const SHOWN_BACK_MS = 30 * 24 * 60 * 60 * 1000;

/** What feeds need of the room. */
export interface FeedSurroundings {
  em: EntityManager;
  messages: Messages;
  secret: string;
  origin: () => string;
}

/** A feed as it is sent. */
export interface Feed {
  body: string;
  etag: string;
}

/** Private feeds of people's lessons and interviews. Whoever has the address can read it, which is how calendars subscribe. */
export class FeedService {
  constructor(private readonly around: FeedSurroundings) {}

  /** The address of the viewer's feed. */
  address(context: RequestContext): Promise<string> {
    return transaction(context.em, async (tx) => this.addressOf(await lockCalendar(tx, context.user.userId), context));
  }

  /** Gives the viewer's feed another address; the old one is dead. */
  reset(context: RequestContext): Promise<string> {
    return transaction(context.em, async (tx) => {
      const calendar = await lockCalendar(tx, context.user.userId);
      calendar.feedVersion += 1;
      return this.addressOf(calendar, context);
    });
  }

  /** The feed of an address; undefined when there is none. */
  async read(token: string, locale: string | undefined, now: Date): Promise<Feed | undefined> {
    const { em, messages, secret } = this.around;
    const key = readFeedToken(token, secret);
    const userId = key && (await feedOwner(em.fork(), key));
    if (!userId) return undefined;
    const since = new Date(now.getTime() - SHOWN_BACK_MS);
    const [lessons, interviews] = await Promise.all([
      lessonsOf(em.fork(), userId, since),
      interviewsOf(em.fork(), userId, since),
    ]);
    const body = writeFeed({ lessons, interviews }, locales.find((known) => known === locale) ?? 'en', messages);
    return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
  }

  private addressOf({ id: calendarId, feedVersion: version }: Calendar, { locale }: RequestContext): string {
    const token = feedToken({ calendarId, version }, this.around.secret);
    return `${this.around.origin()}${FEEDS_PATH}/${token}.ics?lang=${locale}`;
  }
}
