import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { Booking } from '../bookings/booking.entity.js';
import { aboutBooking } from '../bookings/booking.transitions.js';
import { refusing } from '../constraints.js';
import { applicationChosen, applicationDeclined, bookingCreated, orderMatched } from '../events.js';
import type { Order } from '../orders/order.entity.js';
import { lockOrder } from '../orders/order.repository.js';
import { mayOrderBecome } from '../orders/order.rules.js';
import { currentPolicy } from '../policies/policy.repository.js';
import { commissionPercent } from '../policies/policy.rules.js';
import { agreeRate } from '../rates/rate.repository.js';
import { findTutorByUser } from '../tutors/tutor.repository.js';
import type { Application } from './application.entity.js';
import { applicationReference } from './application.inputs.js';
import type { ApplicationErrorCode } from './application.payloads.js';
import { findApplication, lockApplication } from './application.repository.js';
import { aboutApplication, moveApplication, passOverPending } from './application.transitions.js';

/** What a choice brings about. */
export interface Choice {
  application: Application;
  order: Order;
  booking: Booking;
}

/** Applications from the student's side. */
export class ChoiceService {
  /**
   * Chooses an application: in one transaction the order is matched, the other pending applications are passed over and
   * a booking at the proposed rate is made. The order's row is locked first, so that of several at once one wins; the
   * database allows one chosen application an order in any case.
   *
   * @throws Refusal NOT_FOUND, NOT_YOUR_ORDER, ORDER_NOT_OPEN, APPLICATION_NOT_PENDING, ALREADY_CHOSEN
   */
  async choose(context: RequestContext, input: unknown): Promise<Choice> {
    const { applicationId } = accept(applicationReference, input, context.locale);
    return refusing<ApplicationErrorCode, Choice>({ applications_one_chosen: 'ALREADY_CHOSEN' }, () =>
      transaction(context.em, async (tx) => {
        const { order, application } = await lockBoth(context, tx, applicationId);
        if (order.status === 'MATCHED') throw new Refusal<ApplicationErrorCode>('ALREADY_CHOSEN');
        if (!mayOrderBecome(order.status, 'MATCHED')) throw new Refusal<ApplicationErrorCode>('ORDER_NOT_OPEN');
        const now = new Date();
        if (!moveApplication(application, 'CHOSEN', now)) {
          throw new Refusal<ApplicationErrorCode>('APPLICATION_NOT_PENDING');
        }
        order.status = 'MATCHED';
        order.closedAt = now;
        order.updatedAt = now;
        recordEvent(tx, applicationChosen.create(aboutApplication(application)));
        await passOverPending(tx, order.id, now, application.id);
        const { studentId, subjectId } = order;
        recordEvent(tx, orderMatched.create({ subject: order.id, data: { studentId, subjectId } }));
        return { application, order, booking: await book(tx, order, application, now) };
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_ORDER, APPLICATION_NOT_PENDING */
  async decline(context: RequestContext, input: unknown): Promise<Application> {
    const { applicationId } = accept(applicationReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { application } = await lockBoth(context, tx, applicationId);
      if (!moveApplication(application, 'DECLINED', new Date())) {
        throw new Refusal<ApplicationErrorCode>('APPLICATION_NOT_PENDING');
      }
      recordEvent(tx, applicationDeclined.create(aboutApplication(application)));
      return application;
    });
  }
}

/** An application to an order of the viewer's own, with the order: first the order's row is locked, then its own. */
async function lockBoth(
  context: RequestContext,
  tx: EntityManager,
  applicationId: string,
): Promise<{ order: Order; application: Application }> {
  const found = await findApplication(tx, applicationId);
  const order = found && (await lockOrder(tx, found.orderId));
  if (found && order && context.isUser(order.studentId)) {
    return { order, application: await lockApplication(tx, found.id) };
  }
  const visible = found && (context.can('marketplace.orders.read-any') || (await isOwn(context, tx, found)));
  throw new Refusal<ApplicationErrorCode>(visible ? 'NOT_YOUR_ORDER' : 'NOT_FOUND', ['input', 'applicationId']);
}

async function isOwn(context: RequestContext, tx: EntityManager, application: Application): Promise<boolean> {
  const tutor = await findTutorByUser(tx, context.user.userId);
  return tutor?.id === application.tutorId;
}

async function book(tx: EntityManager, order: Order, application: Application, now: Date): Promise<Booking> {
  const { studentId, subjectId } = order;
  const { tutorId, rateMinor, currency } = application;
  await agreeRate(tx, { tutorId, studentId, subjectId }, { rateMinor, currency }, now);
  const policy = await currentPolicy(tx);
  const booking = tx.create(Booking, {
    id: newId(),
    orderId: order.id,
    applicationId: application.id,
    tutorId,
    studentId,
    subjectId,
    priceMinor: rateMinor,
    currency,
    policyId: policy.id,
    // Decided anew when the lesson gets its time.
    commissionPercent: commissionPercent(policy.rules, 'REGULAR', 0),
    status: 'UNSCHEDULED',
    createdAt: now,
    updatedAt: now,
  });
  recordEvent(tx, bookingCreated.create(aboutBooking(booking)));
  return booking;
}
