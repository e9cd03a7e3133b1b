import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { maySeeBooking } from './booking.access.js';
import { bookingsById } from './booking.repository.js';

/** A booking by reference: as by id, and for services of ours. */
export const resolveBooking: ReferenceResolver = async ({ id }, context) => {
  const booking = await context.loader(bookingsById).load(id);
  return booking && (context.isService || (await maySeeBooking(context, booking))) ? booking : null;
};
