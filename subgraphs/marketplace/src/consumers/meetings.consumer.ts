import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import type { EventType } from '@tutorgraph/kit/events/event';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import {
  bookingCancelled,
  bookingConfirmed,
  bookingExpired,
  bookingNoShow,
  bookingRescheduled,
  interviewCancelled,
  interviewRescheduled,
  interviewScheduled,
} from '../events.js';
import type { PrepareRoomJob } from '../jobs/prepare-room.job.js';

type RoomConsumer = Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>;

/** Has the video room of a booking looked after whenever that changes what the room must be. */
export function meetingsConsumer(job: PrepareRoomJob): RoomConsumer {
  return prepareAfter('meetings', job, [
    bookingConfirmed,
    bookingRescheduled,
    bookingCancelled,
    bookingExpired,
    bookingNoShow,
  ]);
}

/** Does the same for interviews. */
export function interviewRoomsConsumer(job: PrepareRoomJob): RoomConsumer {
  return prepareAfter('interview-rooms', job, [interviewScheduled, interviewRescheduled, interviewCancelled]);
}

function prepareAfter(name: string, job: PrepareRoomJob, types: readonly EventType[]): RoomConsumer {
  const prepare: EventHandler = { apply: (tx, { subject }) => enqueue(tx, job, { id: subject }) };
  return { name, stream: 'marketplace', handlers: Object.fromEntries(types.map(({ type }) => [type, prepare])) };
}
