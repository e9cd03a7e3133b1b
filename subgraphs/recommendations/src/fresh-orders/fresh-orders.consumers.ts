import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import { offeringWithdrawn } from '@tutorgraph/schema/events/marketplace';
import { modelPromoted } from '../events.js';
import { markAll, markSubject } from './fresh-order.repository.js';

type Consumer = Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>;

/** Of an offer that is gone the picture of the market does not tell any longer whose orders it was an answer to. */
export function withdrawnOffersConsumer(): Consumer {
  return {
    name: 'fresh-orders',
    stream: 'marketplace',
    handlers: {
      [offeringWithdrawn.type]: {
        apply: (tx, { data }) => markSubject(tx, offeringWithdrawn.schema.parse(data).subjectId),
      },
    },
  };
}

/** Another model may have another opinion of all orders. */
export function promotedModelsConsumer(): Consumer {
  return {
    name: 'fresh-orders-of-models',
    stream: 'recommendations',
    handlers: { [modelPromoted.type]: { apply: (tx) => markAll(tx) } },
  };
}
