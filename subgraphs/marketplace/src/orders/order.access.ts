import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { chosenApplications, ownApplications } from '../applications/application.loaders.js';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import type { Order } from './order.entity.js';

/** Is it the viewer's own order, or may they see every one whole? */
export function maySeeWhole(context: RequestContext, order: Order): boolean {
  return context.isUser(order.studentId) || context.can('marketplace.orders.read-any');
}

/**
 * May the viewer see this order? Open ones are public; others are for who posted them, tutors who applied, staff, and
 * services of ours that may know whose it is.
 */
export async function maySeeOrder(context: RequestContext, order: Order): Promise<boolean> {
  if (order.status === 'OPEN' || context.hasScope('Order.student') || maySeeWhole(context, order)) return true;
  return Boolean(await context.loader(ownApplications).load(order.id));
}

/** May the viewer see who posted this order? The chosen tutor may. */
export async function maySeeStudent(context: RequestContext, order: Order): Promise<boolean> {
  if (context.hasScope('Order.student') || maySeeWhole(context, order)) return true;
  const tutor = await tutorOfViewer(context);
  const chosen = tutor && (await context.loader(chosenApplications).load(order.id));
  return Boolean(chosen) && chosen?.tutorId === tutor?.id;
}
