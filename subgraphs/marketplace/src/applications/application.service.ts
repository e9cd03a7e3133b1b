import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { applicationSubmitted, applicationWithdrawn } from '../events.js';
import { Order } from '../orders/order.entity.js';
import { holdOrder, ordersById } from '../orders/order.repository.js';
import { noPage } from '../pages/no-page.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { findTutorByUser, holdTutorByUser, tutorOfViewer, tutorsById } from '../tutors/tutor.repository.js';
import { maySeeApplication } from './application.access.js';
import { Application } from './application.entity.js';
import { applicationReference, newApplication } from './application.inputs.js';
import { applicationsById } from './application.loaders.js';
import type { ApplicationErrorCode } from './application.payloads.js';
import { findApplication, findApplicationsOf, lockApplication } from './application.repository.js';
import type { ApplicationStatus } from './application.rules.js';
import { aboutApplication, moveApplication } from './application.transitions.js';

/** Applications from the tutor's side. */
export class ApplicationService {
  /** An application that the viewer may see. */
  async find(context: RequestContext, id: string): Promise<Application | null> {
    const application = await context.loader(applicationsById).load(id);
    return application && (await maySeeApplication(context, application)) ? application : null;
  }

  /** A page of the viewer's own applications; an empty one for whoever has no profile. */
  async own(
    context: RequestContext,
    status: ApplicationStatus | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Application>> {
    const tutor = await tutorOfViewer(context);
    return tutor ? findApplicationsOf(context.em, tutor.id, status, page) : noPage();
  }

  /** The order that it answers; whoever may see the application may see it. */
  order(context: RequestContext, application: Application): Promise<Order | null> {
    return context.loader(ordersById).load(application.orderId);
  }

  /** Who sent it; whoever may see the application may see them. */
  tutor(context: RequestContext, application: Application): Promise<Tutor | null> {
    return context.loader(tutorsById).load(application.tutorId);
  }

  /**
   * Applies to an open order, which cannot close meanwhile.
   *
   * @throws Refusal NOT_FOUND, PROFILE_REQUIRED, PROFILE_HIDDEN, OWN_ORDER, ORDER_NOT_OPEN, CURRENCY_MISMATCH, ALREADY_APPLIED
   */
  async apply(context: RequestContext, input: unknown): Promise<Application> {
    const { orderId, message, proposedRate } = accept(newApplication, input, context.locale);
    return refusing<ApplicationErrorCode, Application>({ applications_once_per_tutor: 'ALREADY_APPLIED' }, () =>
      transaction(context.em, async (tx) => {
        const tutor = await holdTutorByUser(tx, context.user.userId);
        if (!tutor) throw new Refusal<ApplicationErrorCode>('PROFILE_REQUIRED');
        if (tutor.hiddenAt) throw new Refusal<ApplicationErrorCode>('PROFILE_HIDDEN');
        checkOrder(context, await holdOrder(tx, orderId), proposedRate.currency);
        const application = tx.create(Application, {
          id: newId(),
          orderId,
          tutorId: tutor.id,
          message,
          rateMinor: proposedRate.amountMinor,
          currency: proposedRate.currency,
          status: 'PENDING',
          createdAt: new Date(),
          decidedAt: null,
        });
        recordEvent(tx, applicationSubmitted.create(aboutApplication(application)));
        return application;
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, NOT_YOUR_APPLICATION, APPLICATION_NOT_PENDING */
  async withdraw(context: RequestContext, input: unknown): Promise<Application> {
    const { applicationId } = accept(applicationReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { id } = await findOwn(context, tx, applicationId);
      const application = await lockApplication(tx, id);
      if (!moveApplication(application, 'WITHDRAWN', new Date())) {
        throw new Refusal<ApplicationErrorCode>('APPLICATION_NOT_PENDING');
      }
      recordEvent(tx, applicationWithdrawn.create(aboutApplication(application)));
      return application;
    });
  }
}

function checkOrder(context: RequestContext, order: Order | null, currency: string): void {
  if (!order) throw new Refusal<ApplicationErrorCode>('NOT_FOUND', ['input', 'orderId']);
  if (context.isUser(order.studentId)) throw new Refusal<ApplicationErrorCode>('OWN_ORDER');
  if (order.status !== 'OPEN') throw new Refusal<ApplicationErrorCode>('ORDER_NOT_OPEN');
  if (order.budgetCurrency && order.budgetCurrency !== currency) {
    throw new Refusal<ApplicationErrorCode>([
      {
        code: 'CURRENCY_MISMATCH',
        field: ['input', 'proposedRate', 'currency'],
        values: { currency: order.budgetCurrency },
      },
    ]);
  }
}

async function findOwn(context: RequestContext, tx: EntityManager, id: string): Promise<Application> {
  const application = await findApplication(tx, id);
  const tutor = application && (await findTutorByUser(tx, context.user.userId));
  if (application && application.tutorId === tutor?.id) return application;
  const order = application && (await tx.findOne(Order, { id: application.orderId }));
  const visible = order && (context.isUser(order.studentId) || context.can('marketplace.orders.read-any'));
  throw new Refusal<ApplicationErrorCode>(visible ? 'NOT_YOUR_APPLICATION' : 'NOT_FOUND', ['input', 'applicationId']);
}
