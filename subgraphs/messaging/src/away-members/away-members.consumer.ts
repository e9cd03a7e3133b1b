import { afterCommit } from '@tutorgraph/kit/database/transaction';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { chatMessageSent } from '../events.js';
import type { TellAwayMembersJob } from './tell-away-members.job.js';
import { AWAY_MS } from './tell-away-members.js';

/** How many rooms are remembered; a forgotten one costs a job more and nothing else. */
const MOST_REMEMBERED = 10_000;

/** Has it looked into who is away some time after a message: once for all messages of a room until then. */
export function awayMembersConsumer(job: TellAwayMembersJob): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const waiting = new Map<string, number>();
  return {
    name: 'away-members',
    stream: 'messaging',
    handlers: {
      [chatMessageSent.type]: {
        apply: async (tx, event) => {
          const { roomId } = chatMessageSent.parse(event);
          const now = Date.now();
          if ((waiting.get(roomId) ?? 0) > now) return;
          const startAfter = new Date(now + AWAY_MS);
          await enqueue(tx, job, { roomId }, { startAfter });
          afterCommit(() => {
            if (waiting.size >= MOST_REMEMBERED) waiting.clear();
            waiting.set(roomId, startAfter.getTime());
          });
        },
      },
    },
  };
}
