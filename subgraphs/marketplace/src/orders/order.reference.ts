import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeOrder } from './order.access.js';
import { ordersById } from './order.repository.js';

/** An order by reference: as by id. */
export const resolveOrder: ReferenceResolver = async ({ id }, context) => {
  const order = await context.loader(ordersById).load(id);
  return order && (await maySeeOrder(context, order)) ? order : null;
};
