import { composeServices } from '@apollo/composition';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { parse } from 'graphql';
import { z } from 'zod';
import { createGateway } from '#app';
import { defaultLimits } from '#settings';
import { readBroadcasts } from '#supergraph/broadcasts-file';
import { Supergraph } from '#supergraph/supergraph';
import { inProcessTransport } from '#transports/in-process-transport';
import { trustWith } from '#trust/trust';

/** Who writes, and where. */
const ROOMS = ['accounts', 'messaging'];
const OWN_SCHEMA = new URL('../../schema/supergraph.graphql', import.meta.url).pathname;
const messageSent = defineEvent({
  type: 'tutorgraph.messaging.chat-message.sent.v1',
  description: 'As messaging says it.',
  data: z.object({ roomId: z.string(), sequence: z.number(), authorId: z.string() }),
});
const CREATE = `mutation ($input: CreateChatRoomInput!) {
  createChatRoom(input: $input) { room { id } userErrors { message } }
}`;

/** A chat room full of people. */
export interface ChatHall {
  roomId: string;
  members: TestPerson[];
}

/** A graph in this process with chat rooms as large as they are wanted. */
export class ChatHalls {
  private sequence = 0;

  /** Who writes. */
  readonly author: TestPerson;
  /** The address of `/graphql`. */
  readonly url: string;
  readonly upstreams: { readonly size: number };
  private readonly graph: TestGraph;

  private constructor(graph: TestGraph, author: TestPerson, url: string, upstreams: { readonly size: number }) {
    this.graph = graph;
    this.author = author;
    this.url = url;
    this.upstreams = upstreams;
  }

  static async open(): Promise<ChatHalls> {
    const graph = await startTestGraph(ROOMS, benchDatabase, {}, openGenerousRateLimiter);
    const gateway = await createGateway({
      ...trustWith(graph.accessTokens, graph.rights),
      supergraph: new Supergraph(compose(graph)),
      broadcasts: {
        declared: await readBroadcasts(OWN_SCHEMA),
        tokens: new ServiceTokens(graph.identityOf('gateway')),
      },
      transports: new Map([...graph.rooms].map(([name, { subgraph }]) => [name, inProcessTransport(subgraph)])),
      settings: {
        introspection: false,
        playground: false,
        allowedOrigins: [],
        trustedProxies: false,
        limits: defaultLimits,
        subscriptionBuffer: 1_000,
        slowOperationMs: 1_000,
      },
      logger: createLogger({ service: 'bench', level: 'warn' }),
      metrics: new Metrics(),
    });
    const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
    return new ChatHalls(graph, await graph.person('ADMIN'), url, gateway.upstreams);
  }

  /** A room with so many members. */
  async room(size: number): Promise<ChatHall> {
    const input = { kind: 'NAMED', title: 'A full hall' };
    const { data, errors } = await this.graph.run('messaging', CREATE, { input }, this.author);
    if (errors) throw errors[0];
    const { room } = data['createChatRoom'] as { room: { id: string } };
    const members = await Promise.all(Array.from({ length: size }, () => this.graph.issuer.signIn('STUDENT')));
    await this.sql(
      `insert into messaging.chat_members (room_id, user_id, role, joined_at)
       select ?::uuid, id, 'MEMBER', now() from json_array_elements_text(?::json) as ids (text), cast(text as uuid) as id`,
      [room.id, JSON.stringify(members.map(({ userId }) => userId))],
    );
    return { roomId: room.id, members };
  }

  /** Writes messages back to back, in one transaction: what is measured is how they reach people. */
  async write({ roomId }: ChatHall, text: string, times: number): Promise<void> {
    const { em } = this.messaging.orm;
    const authorId = this.author.userId;
    await transaction(em, async (tx) => {
      for (let written = 0; written < times; written += 1) {
        this.sequence += 1;
        const [id, { sequence }] = [newId(), this];
        await tx.execute(
          `insert into messaging.chat_messages (id, room_id, sequence, author_id, text, created_at) values (?, ?, ?, ?, ?, now())`,
          [id, roomId, sequence, authorId, text],
        );
        recordEvent(tx, messageSent.create({ subject: id, data: { roomId, sequence, authorId } }));
      }
      await tx.execute('update messaging.chat_rooms set last_sequence = ? where id = ?', [this.sequence, roomId]);
    });
  }

  /** What somebody wrote by the mutation took its own place. */
  noteWritten(): void {
    this.sequence += 1;
  }

  private get messaging() {
    const room = this.graph.rooms.get('messaging');
    if (!room) throw new Error('Messaging was not started');
    return room;
  }

  private sql(statement: string, values: unknown[]): Promise<unknown> {
    return this.messaging.orm.em.fork().execute(statement, values);
  }
}

function compose({ rooms }: TestGraph): string {
  const services = [...rooms.values()].map(({ name, subgraph }) => ({
    name,
    url: `http://${name}/graphql`,
    typeDefs: parse(subgraph.sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
