import { newId } from '@tutorgraph/kit/database/id';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import type { Booking } from '../bookings/booking.entity.js';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import { type MeetingProviderName, meetingProviderNames, needOfBooking } from './meeting.rules.js';
import type { MeetingErrorCode, MeetingType } from './meeting.types.js';
import type { MeetingProviders } from './meeting-providers.js';

const HOUR_MS = 60 * 60 * 1000;

/** Video rooms, as people see them. */
export class MeetingService {
  constructor(private readonly providers: MeetingProviders) {}

  /** The room of a booking, for its two people only: staff have no place in a lesson. */
  async ofBooking(context: RequestContext, booking: Booking): Promise<MeetingType | null> {
    const { meetingUrl: url } = booking;
    const provider = meetingProviderNames.find((name) => name === booking.meetingProvider);
    if (!url || !provider || needOfBooking(booking.status) !== 'NEEDED') return null;
    const isTheirs = context.isUser(booking.studentId) || (await tutorOfViewer(context))?.id === booking.tutorId;
    return isTheirs ? { url, provider } : null;
  }

  /**
   * Makes a room for an hour of tomorrow and removes it.
   *
   * @throws Refusal PROVIDER_NOT_CONFIGURED, ROOM_NOT_MADE, ROOM_NOT_REMOVED
   */
  async test(wanted: MeetingProviderName | null | undefined): Promise<MeetingType> {
    const provider = wanted ? this.providers.get(wanted) : this.providers.preferred;
    if (!provider) throw new Refusal<MeetingErrorCode>('PROVIDER_NOT_CONFIGURED', ['input', 'provider']);
    const startsAt = new Date(Date.now() + 24 * HOUR_MS);
    const endsAt = new Date(startsAt.getTime() + HOUR_MS);
    const key = newId();
    const { id, url } = await telling('ROOM_NOT_MADE', () =>
      provider.create({ key, version: 0, title: 'Lesson', startsAt, endsAt }, false),
    );
    await telling('ROOM_NOT_REMOVED', () => provider.remove({ key, id }));
    return { url, provider: provider.name };
  }
}

async function telling<Result>(code: MeetingErrorCode, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new Refusal<MeetingErrorCode>([{ code, details: { detail: error.message } }]);
  }
}
