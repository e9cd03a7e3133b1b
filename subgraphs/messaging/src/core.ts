import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { MessagingEnvironment } from './environment.js';

/** What every part of this room is built on. */
export interface MessagingCore {
  tools: RoomTools;
  environment: MessagingEnvironment;
}

/** What a part adds to the room. */
export type MessagingPart = Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes' | 'prepare' | 'close'>;
