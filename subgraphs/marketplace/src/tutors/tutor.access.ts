import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { bookedTutors } from '../bookings/booking.repository.js';
import type { Tutor } from './tutor.entity.js';

/** May the viewer see this profile? Hidden ones are for themselves, staff and whoever has a booking with them. */
export async function maySeeTutor(context: RequestContext, tutor: Tutor): Promise<boolean> {
  return !tutor.hiddenAt || maySeeAccount(context, tutor);
}

/** May the viewer see the account behind this profile? */
export async function maySeeAccount(context: RequestContext, tutor: Tutor): Promise<boolean> {
  if (context.hasScope('Tutor.user')) return true;
  if (context.isUser(tutor.userId) || context.can('marketplace.profiles.read-any')) return true;
  return context.viewer.kind === 'user' && context.loader(bookedTutors).load(tutor.id);
}
