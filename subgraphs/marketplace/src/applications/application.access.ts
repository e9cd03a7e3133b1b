import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { ordersById } from '../orders/order.repository.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import type { Application } from './application.entity.js';

/** May the viewer see this application? It is for the tutor who sent it, the student who gets it, and staff. */
export async function maySeeApplication(context: RequestContext, application: Application): Promise<boolean> {
  if (context.viewer.kind !== 'user') return false;
  if (context.can('marketplace.orders.read-any')) return true;
  const [order, tutor] = await Promise.all([
    context.loader(ordersById).load(application.orderId),
    context.loader(tutorsById).load(application.tutorId),
  ]);
  return Boolean(order && context.isUser(order.studentId)) || Boolean(tutor && context.isUser(tutor.userId));
}
