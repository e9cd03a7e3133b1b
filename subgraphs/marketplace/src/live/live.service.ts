import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import type { Application } from '../applications/application.entity.js';
import { applicationsById } from '../applications/application.loaders.js';
import {
  applicationChosen,
  applicationDeclined,
  applicationNotChosen,
  applicationSubmitted,
  applicationWithdrawn,
  orderClosed,
  orderDeleted,
  orderMatched,
  orderUpdated,
} from '../events.js';
import { maySeeWhole } from '../orders/order.access.js';
import type { Order } from '../orders/order.entity.js';
import { ordersById } from '../orders/order.repository.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorOfViewer } from '../tutors/tutor.repository.js';

const orderEvents = [orderUpdated, orderMatched, orderClosed, orderDeleted].map(({ type }) => type);
const applicationEvents = [
  applicationSubmitted,
  applicationWithdrawn,
  applicationChosen,
  applicationDeclined,
  applicationNotChosen,
].map(({ type }) => type);

type Messages = AsyncIterable<LiveMessage>;

/**
 * What people watch live. Who may is decided when a subscription starts and again at each message, which finds its
 * object as it is in the database then.
 */
export class LiveService {
  constructor(private readonly live: LiveStream) {}

  /** Applications to an order, as they arrive. @throws FORBIDDEN */
  async watchReceived(context: RequestContext, orderId: string, after: string | null | undefined): Promise<Messages> {
    const order = await watchedOrder(context, orderId);
    return this.subscribe(context, after, `order:${order.id}`, [applicationSubmitted.type]);
  }

  /** Changes of an order, up to its deletion. @throws FORBIDDEN */
  async watchOrder(context: RequestContext, orderId: string, after: string | null | undefined): Promise<Messages> {
    const order = await watchedOrder(context, orderId);
    return untilDeleted(this.subscribe(context, after, `order:${order.id}`, orderEvents));
  }

  /** Changes of the viewer's own applications. @throws FORBIDDEN */
  async watchOwn(context: RequestContext, after: string | null | undefined): Promise<Messages> {
    const tutor = await ownProfile(context);
    return this.subscribe(context, after, `tutor:${tutor.id}`, applicationEvents);
  }

  /** The application that a message of `watchReceived` is about. @throws FORBIDDEN */
  async received(context: RequestContext, orderId: string, event: DomainEvent | null): Promise<Application | null> {
    await watchedOrder(context, orderId);
    return event && context.loader(applicationsById).load(event.subject);
  }

  /** The order that a message of `watchOrder` is about; null once it was deleted. @throws FORBIDDEN */
  async changed(context: RequestContext, orderId: string, event: DomainEvent | null): Promise<Order | null> {
    if (event?.type === orderDeleted.type) return deletedOrder(context, event);
    const order = await watchedOrder(context, orderId);
    return event && order;
  }

  /** The application that a message of `watchOwn` is about. @throws FORBIDDEN */
  async ownChanged(context: RequestContext, event: DomainEvent | null): Promise<Application | null> {
    const tutor = await ownProfile(context);
    const application = event && (await context.loader(applicationsById).load(event.subject));
    return application?.tutorId === tutor.id ? application : null;
  }

  private subscribe(
    { signal }: RequestContext,
    after: string | null | undefined,
    key: string,
    types: readonly string[],
  ): Messages {
    return this.live.subscribe({ after, keys: [key], types, signal });
  }
}

/** Does a message tell that the order is gone? */
export function isDeletion(event: DomainEvent | null): boolean {
  return event?.type === orderDeleted.type;
}

async function* untilDeleted(messages: Messages): AsyncGenerator<LiveMessage, void, void> {
  for await (const message of messages) {
    yield message;
    if (isDeletion(message.event)) return;
  }
}

/** An order that the viewer may watch: their own, or any for staff. The refusal does not tell whether it exists. */
async function watchedOrder(context: RequestContext, id: string): Promise<Order> {
  const order = await context.loader(ordersById).load(id);
  if (order && maySeeWhole(context, order)) return order;
  throw forbidden('Only the student who posted this order may watch it');
}

function deletedOrder(context: RequestContext, event: DomainEvent): null {
  const { studentId } = orderDeleted.parse(event);
  if (!context.isUser(studentId) && !context.can('marketplace.orders.read-any')) throw forbidden();
  return null;
}

async function ownProfile(context: RequestContext): Promise<Tutor> {
  const tutor = await tutorOfViewer(context);
  if (tutor && context.can('marketplace.applications.send')) return tutor;
  throw forbidden('Create your tutor profile first');
}
