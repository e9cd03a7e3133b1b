import type { RoomTools } from '@tutorgraph/kit/room/room';
import type { Contacts } from '../accounts/contacts.js';
import type { Channels } from '../channels/channel.js';
import { type DeliveryJobs, deliveryJobs } from './delivery-jobs.js';
import { DeliveryWorker } from './delivery-worker.js';
import { MessageSender } from './message-sender.js';
import { OutgoingWriter } from './outgoing.js';

/** What deliveries are made with. */
interface DeliveryMeans {
  tools: RoomTools;
  channels: Channels;
  contacts: Contacts;
  /** Address of the app for people; no links without it. */
  appUrl: string | undefined;
}

/** Wires the sending of notifications. */
export function createDeliveries({ tools, channels, contacts, appUrl }: DeliveryMeans): DeliveryJobs {
  const { orm, messages, metrics } = tools;
  const sender = new MessageSender(channels, new OutgoingWriter({ messages, appUrl }));
  const worker = new DeliveryWorker(orm.em, contacts, sender, metrics);
  return deliveryJobs(orm.em, (channel, run) => worker.sendDue(channel, run));
}
