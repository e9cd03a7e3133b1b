import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { applicationNotChosen } from '../events.js';
import type { Application } from './application.entity.js';
import { lockPendingApplications } from './application.repository.js';
import { type ApplicationStatus, mayApplicationBecome } from './application.rules.js';

/** What an event says of an application. */
export function aboutApplication(application: Application) {
  return { subject: application.id, data: { orderId: application.orderId, tutorId: application.tutorId } };
}

/** Moves an application on. @returns false, and changes nothing, when its transition table does not allow it */
export function moveApplication(application: Application, to: ApplicationStatus, now: Date): boolean {
  if (!mayApplicationBecome(application.status, to)) return false;
  application.status = to;
  application.decidedAt = now;
  return true;
}

/** Tells everybody who is still waiting that the order closed without them; the order's row must be locked. */
export async function passOverPending(tx: EntityManager, orderId: string, now: Date, chosenId?: string): Promise<void> {
  for (const application of await lockPendingApplications(tx, orderId)) {
    if (application.id === chosenId) continue;
    if (moveApplication(application, 'NOT_CHOSEN', now)) {
      recordEvent(tx, applicationNotChosen.create(aboutApplication(application)));
    }
  }
}
