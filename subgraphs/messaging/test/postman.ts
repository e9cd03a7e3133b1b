import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { Contacts } from '../src/accounts/contacts.js';
import type { Channels } from '../src/channels/channel.js';
import type { OutsideChannel } from '../src/channels/channel.rules.js';
import { createChannels } from '../src/channels/create-channels.js';
import { DeliveryWorker } from '../src/deliveries/delivery-worker.js';
import { MessageSender } from '../src/deliveries/message-sender.js';
import { OutgoingWriter } from '../src/deliveries/outgoing.js';
import { readMessagingEnvironment } from '../src/environment.js';
import { room } from '../src/room.js';
import { database } from './notices.js';

/** Sends what is due when a test says so, as the room's jobs do by themselves. */
export class Postman {
  private constructor(
    private readonly graph: TestGraph,
    readonly channels: Channels,
    readonly sender: MessageSender,
    readonly worker: DeliveryWorker,
  ) {}

  static async hire(graph: TestGraph, settings: Record<string, string>): Promise<Postman> {
    const messages = createMessages(await loadMessages(room.messages));
    const environment = readMessagingEnvironment({
      SECRET_KEY: 'a secret that only tests know, long enough',
      ...settings,
    });
    // The room looks each minute for what is due; here the test says when.
    await runSql(graph.databaseUrl, `delete from messaging_jobs.schedule where name = 'sweep-deliveries'`);
    const em = database(graph);
    const channels = createChannels({ environment, em, messages });
    const sender = new MessageSender(channels, new OutgoingWriter({ messages, appUrl: 'https://app.example.com' }));
    const worker = new DeliveryWorker(em, new Contacts(graph.client), sender, new Metrics());
    return new Postman(graph, channels, sender, worker);
  }

  /** Sends what is due. @returns when something is to be tried again */
  send(channel: OutsideChannel = 'EMAIL', signal = new AbortController().signal): Promise<Date | null> {
    return this.worker.sendDue(channel, { signal, logger: silentLogger });
  }

  /** Lets everything be due that waits: pauses, leases, quiet hours and digests are over. */
  async wait(): Promise<void> {
    const past = "now() - interval '1 second'";
    await runSql(this.graph.databaseUrl, `update messaging.deliveries set due_at = ${past} where status = 'QUEUED'`);
    await runSql(this.graph.databaseUrl, `update messaging.digests set due_at = ${past} where finished_at is null`);
  }

  close(): Promise<void> {
    return this.channels.close();
  }
}
