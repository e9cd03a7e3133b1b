import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { MessagingEnvironment } from './environment.js';
import type { Notifier } from './notifications/notify.js';

/** What every part of this room is built on. */
export interface MessagingCore {
  tools: RoomTools;
  environment: MessagingEnvironment;
  /** Tells people things; every part that has something to tell uses it. */
  notifier: Notifier;
}

/** What a part adds to the room. */
export type MessagingPart = Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes' | 'prepare' | 'close'>;
