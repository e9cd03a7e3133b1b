import { purgeIdempotencyKeysJob } from '@tutorgraph/kit/idempotency/purge-idempotency-keys.job';
import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { createAccountMessages } from './account-messages/wire-account-messages.js';
import { Contacts } from './accounts/contacts.js';
import { createAnnouncements } from './announcements/wire-announcements.js';
import { createCatalogue } from './catalogue/wire-catalogue.js';
import { createChanges } from './changes/wire-changes.js';
import { createChannels } from './channels/create-channels.js';
import { createChannelsPart } from './channels/wire-channels.js';
import { createChatMessages } from './chat-messages/wire-chat-messages.js';
import { createChatRooms } from './chat-rooms/wire-chat-rooms.js';
import type { MessagingCore, MessagingPart } from './core.js';
import { createCourseGroups } from './course-groups/wire-course-groups.js';
import { createDeliveries } from './deliveries/wire-deliveries.js';
import { createDevices } from './devices/wire-devices.js';
import { readMessagingEnvironment } from './environment.js';
import { createInvitations } from './invitations/wire-invitations.js';
import { createModeration } from './moderation/wire-moderation.js';
import { Notifier } from './notifications/notify.js';
import { createInbox } from './notifications/wire-inbox.js';
import { createSuppressions } from './suppressions/wire-suppressions.js';

/** Wires the messaging room. */
export function createMessaging(tools: RoomTools): RoomParts {
  const environment = readMessagingEnvironment(tools.settings);
  const channels = createChannels({ environment, em: tools.orm.em, messages: tools.messages });
  const contacts = new Contacts(tools.graph);
  const deliveries = createDeliveries({ tools, channels, contacts, appUrl: environment.APP_URL });
  const notifier = new Notifier(deliveries.wake);
  const core: MessagingCore = { tools, environment, channels, contacts, notifier };
  const parts = partsOf(core);
  return {
    resolvers: parts.flatMap(({ resolvers }) => resolvers),
    jobs: [purgeIdempotencyKeysJob(tools.orm.em), ...deliveries.jobs, ...parts.flatMap(({ jobs = [] }) => jobs)],
    consumers: parts.flatMap(({ consumers = [] }) => consumers),
    prepare: async () => {
      for (const { prepare } of parts) await prepare?.();
    },
    close: async () => {
      for (const { close } of parts) await close?.();
      await channels.close();
    },
    routes: (app) => {
      for (const { routes } of parts) routes?.(app);
    },
  };
}

/** Every part of the room. */
function partsOf(core: MessagingCore): readonly MessagingPart[] {
  return [
    // Channels.
    createChannelsPart(core),
    createAccountMessages(core),
    createInvitations(core),
    createSuppressions(core),
    createDevices(core),
    // Notifications.
    createCatalogue(core),
    createInbox(core),
    createAnnouncements(core),
    // Chat.
    createChatRooms(core),
    createChatMessages(core),
    createModeration(core),
    createCourseGroups(core),
    // Mobile.
    createChanges(core),
  ];
}
