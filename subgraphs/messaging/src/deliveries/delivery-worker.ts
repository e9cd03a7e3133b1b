import type { EntityManager } from '@mikro-orm/postgresql';
import type { JobRun } from '@tutorgraph/kit/jobs/job';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Contact, Contacts } from '../accounts/contacts.js';
import type { OutsideChannel } from '../channels/channel.rules.js';
import type { Notification } from '../notifications/notification.entity.js';
import { unreadCounts } from '../notifications/notification.repository.js';
import { settingsOf } from '../preferences/preference.repository.js';
import { type ClaimedDelivery, claimDue, type Dispatch } from './claim.repository.js';
import { MOST_ATTEMPTS } from './delivery.rules.js';
import { judge, type Verdict } from './dispatch.rules.js';
import { type MessageSender, triedLater } from './message-sender.js';
import type { PersonSettings } from './plan.rules.js';
import { type Outcome, settle } from './settle.repository.js';

type Run = Pick<JobRun, 'signal' | 'logger'>;

/** What is known of those to whom messages go. */
interface People {
  contacts: ReadonlyMap<string, Contact>;
  settings: (userId: string) => PersonSettings;
  /** Of pushes only. */
  unread: ReadonlyMap<string, number>;
}

/** Messages that are claimed together. */
const CLAIM = 40;
/** Of them so many are on their way at once. */
const AT_ONCE = 10;
/** Then the job ends and another one goes on. */
const LONGEST_MS = 2 * 60 * 1000;

/** Sends what is due: claims it, commits, sends, and commits what became of it, message by message. */
export class DeliveryWorker {
  private readonly counter;

  constructor(
    private readonly em: EntityManager,
    private readonly contacts: Contacts,
    private readonly sender: MessageSender,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter({
      name: 'notification_deliveries_total',
      help: 'Notifications by channel and what became of a try to send them',
      labelNames: ['channel', 'outcome'],
    });
  }

  /** Sends what is due on a channel. @returns when something is to be tried again, at the earliest; null when nothing is */
  async sendDue(channel: OutsideChannel, run: Run): Promise<Date | null> {
    const until = Date.now() + LONGEST_MS;
    let earliest: Date | null = null;
    for (;;) {
      const claimed = await claimDue(this.em, channel, CLAIM, new Date());
      earliest = earlier(earliest, await this.sendAll(channel, claimed, run));
      if (claimed.length < CLAIM) return earliest;
      if (Date.now() > until || run.signal.aborted) return new Date();
    }
  }

  private async sendAll(channel: OutsideChannel, claimed: readonly Dispatch[], run: Run): Promise<Date | null> {
    if (claimed.length === 0) return null;
    const people = await this.peopleOf(channel, claimed, run);
    const waiting = [...claimed];
    let earliest: Date | null = null;
    const sendSome = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const outcomes = await this.outcomesOf(channel, next, people, run);
        await settle(this.em, next, outcomes, new Date());
        for (const outcome of outcomes.values()) {
          this.counter.inc({ channel, outcome: nameOf(outcome) });
          if (outcome.kind === 'later') earliest = earlier(earliest, outcome.dueAt);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
    return earliest;
  }

  /** A few statements and one question to accounts for all of them; null when accounts does not answer. */
  private async peopleOf(channel: OutsideChannel, claimed: readonly Dispatch[], run: Run): Promise<People | null> {
    const userIds = [...new Set(claimed.map(({ userId }) => userId))];
    const em = this.em.fork();
    const settings = await settingsOf(em, userIds);
    const unread = channel === 'PUSH' ? await unreadCounts(em, userIds) : new Map<string, number>();
    try {
      return { contacts: await this.contacts.findAll(userIds), settings, unread };
    } catch (err) {
      run.logger.warn({ err }, 'accounts does not say how people are reached; their notifications are tried again');
      return null;
    }
  }

  private async outcomesOf(
    channel: OutsideChannel,
    dispatch: Dispatch,
    people: People | null,
    { signal, logger }: Run,
  ): Promise<Map<ClaimedDelivery, Outcome>> {
    const all = (outcome: Outcome) => new Map(dispatch.deliveries.map((delivery) => [delivery, outcome]));
    // The process stops: what has not begun is left to whoever works next.
    if (signal.aborted) return all({ kind: 'later', dueAt: new Date(), wasTried: false });
    // Each try ended with its process; who can say that it was not the message's doing?
    if (dispatch.attempts > MOST_ATTEMPTS) return all({ kind: 'ended', reason: 'FAULT' });
    if (!people) return all(triedLater(dispatch.attempts, 'UNAVAILABLE'));
    const { userId, deliveries } = dispatch;
    const contact = people.contacts.get(userId);
    const person = { contact, settings: people.settings(userId) };
    const now = new Date();
    const verdicts = deliveries.map(
      (delivery) => [delivery, judge(delivery.notification, channel, person, now)] as const,
    );
    const [first, ...others] = verdicts.flatMap(([{ notification }, { kind }]) =>
      kind === 'send' ? [notification] : [],
    );
    const notifications: [Notification, ...Notification[]] | undefined = first && [first, ...others];
    const unread = people.unread.get(userId) ?? (channel === 'PUSH' ? 0 : undefined);
    const sent =
      contact && notifications
        ? await this.sender.send(channel, { dispatch, notifications, contact, unread }, logger)
        : undefined;
    return new Map(verdicts.map(([delivery, verdict]) => [delivery, withoutSending(verdict) ?? sent ?? LOST]));
  }
}

/** Nobody is there to send it to. */
const LOST: Outcome = { kind: 'ended', reason: 'NO_ACCOUNT' };

function withoutSending(verdict: Verdict): Outcome | undefined {
  if (verdict.kind === 'drop') return { kind: 'ended', reason: verdict.reason };
  return verdict.kind === 'postpone' ? { kind: 'later', dueAt: verdict.until, wasTried: false } : undefined;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}

function nameOf(outcome: Outcome): string {
  if (outcome.kind === 'sent') return outcome.status;
  return outcome.kind === 'ended' ? outcome.reason : outcome.wasTried ? 'RETRY' : 'POSTPONED';
}
