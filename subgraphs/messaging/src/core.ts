import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { Contacts } from './accounts/contacts.js';
import type { Channels } from './channels/channel.js';
import type { MessagingEnvironment } from './environment.js';
import type { Notifier } from './notifications/notify.js';

/** What every part of this room is built on. */
export interface MessagingCore {
  tools: RoomTools;
  environment: MessagingEnvironment;
  /** The ways to reach people. */
  channels: Channels;
  /** Where people can be reached. */
  contacts: Contacts;
  /** Tells people things; every part that has something to tell uses it. */
  notifier: Notifier;
}

/** What a part adds to the room. */
export type MessagingPart = Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes' | 'prepare' | 'close'>;
