import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { resolvePayment } from './payments/payment.reference.js';
import { PaymentResolver } from './payments/payment.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [PaymentResolver],
  references: { Payment: resolvePayment },
};
