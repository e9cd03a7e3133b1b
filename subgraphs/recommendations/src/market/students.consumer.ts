import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import { userUpdated } from '@tutorgraph/schema/events/accounts';
import { MarketOrder } from './market.entity.js';
import { type MarketSource, type MarketState, MOST_COPIES } from './market-source.js';
import type { MarketWriter } from './market-writer.js';

/** Reads open orders again when their student has another language or time zone: both say what their words mean. */
export function studentsConsumer(
  em: EntityManager,
  source: MarketSource,
  writer: MarketWriter,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const handler: EventHandler<MarketState | null> = {
    prepare: async ({ subject: studentId }) => {
      const open = await em
        .fork()
        .find(MarketOrder, { studentId, status: 'OPEN' }, { fields: ['id'], limit: MOST_COPIES });
      return open.length === 0
        ? null
        : source.byIds(
            'ORDER',
            open.map(({ id }) => id),
          );
    },
    apply: async (tx, _event, state) => {
      if (state) await writer.write(tx, state, new Date());
    },
  };
  return { name: 'students', stream: 'accounts', handlers: { [userUpdated.type]: handler } };
}
