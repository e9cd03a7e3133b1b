import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Distributed, startDistributed } from '@tutorgraph/kit/distributed/distributed';
import { type TestDatabase, testDatabase } from '@tutorgraph/kit/testing/database';
import { testEnvironment } from '@tutorgraph/kit/testing/environment';
import { type TestRedis, testRedis } from '@tutorgraph/kit/testing/redis-database';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_WITHIN_MS, buildProject, projectFolder } from './journey/built-project.js';
import {
  createRoom,
  idOf,
  removeMember,
  type SeenMessage,
  sendMessage,
  watchMessages,
  watchOwnView,
} from './journey/chat-journey.js';
import { signUp } from './journey/journey.js';
import type { Person } from './journey/person.js';
import type { Watch } from './journey/watch.js';

const { DATABASE_URL, REDIS_URL } = testEnvironment();
const NAMES = ['Boris', 'Clara', 'Dmitri', 'Elena'];
const MESSAGES_EACH = 30;
const WITHIN_MS = 180_000;

describe.skipIf(!(DATABASE_URL && REDIS_URL))(
  'a chat room under fire (runs when DATABASE_URL and REDIS_URL are set)',
  () => {
    let database: TestDatabase;
    let redis: TestRedis;
    let running: Distributed;
    let dataDir: string;
    const endpoints: string[] = [];

    beforeAll(async () => {
      await buildProject();
      dataDir = await mkdtemp(join(tmpdir(), 'tutorgraph-chat-'));
      database = await testDatabase({ migrate: async () => {}, cacheKey: [] });
      redis = await testRedis(REDIS_URL ?? '');
      running = await startDistributed({
        folder: projectFolder,
        databaseUrl: database.url,
        redisUrl: redis.url,
        secretKey: 'a secret that only tests know, long enough',
        replicas: { gateway: 2, messaging: 2 },
        settings: { LOG_LEVEL: 'warn', DATA_DIR: dataDir, ASSISTANT_KNOWLEDGE: 'none' },
      });
      endpoints.push(...running.gateways);
    }, BUILD_WITHIN_MS);

    afterAll(async () => {
      await running?.stop();
      await redis?.close();
      await database?.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    test(
      'ends with exactly the sequence in the database for everybody, whatever is dropped, killed and told twice',
      async () => {
        const staff = await signUp(endpoints, { role: 'STUDENT', firstName: 'Ada' }, (email) =>
          runSql(database.url, "update accounts.users set role = 'ADMIN' where email = $1", [email]),
        );
        const members: Person[] = [];
        for (const firstName of NAMES) members.push(await signUp(endpoints, { role: 'STUDENT', firstName }));
        const leaver = await signUp(endpoints, { role: 'STUDENT', firstName: 'Leo' });
        const leaverId = await idOf(leaver);
        const ids = await Promise.all(members.map((member) => idOf(member)));
        const roomId = await createRoom(staff, 'Under fire', [...ids, leaverId]);
        const [first, ...others] = members;
        if (!first) throw new Error('There are no members');
        const watches = [await watchOwnView(first, roomId), await watchMessages(first, roomId)];
        for (const member of others) watches.push(await watchMessages(member, roomId));
        const ofLeaver = await watchMessages(leaver, roomId);

        let isWriting = true;
        const dropping = (async () => {
          for (let turn = 0; isWriting; turn++) {
            await delay(300);
            watches[turn % watches.length]?.drop();
          }
        })();
        const write = async (person: Person, name: string, from: number, to: number): Promise<void> => {
          for (let index = from; index < to; index++) {
            await sendMessage(person, roomId, `${name} says ${index}`, `${name}-${index}`);
            await delay(20);
          }
        };
        const half = MESSAGES_EACH / 2;
        const everybody = (from: number, to: number) =>
          Promise.all(members.map((member, index) => write(member, NAMES[index] ?? '', from, to)));

        await everybody(0, half);
        await ofLeaver.until((seen) => seen.length > 0);
        await removeMember(staff, roomId, leaverId);
        const lastForLeaver = await lastSequence(roomId);
        await expect(
          ofLeaver.until(() => false),
          'who was removed hears nothing more',
        ).rejects.toThrow();

        const writing = everybody(half, MESSAGES_EACH);
        await running.kill('messaging', 0);
        await delay(500);
        await running.restart('messaging', 0);
        // Everything is told once more: the bus has lost it all.
        await redis.empty();
        await running.kill('messaging', 1);
        await running.kill('gateway', 1);
        await delay(500);
        await Promise.all([running.restart('messaging', 1), running.restart('gateway', 1)]);
        await writing;
        isWriting = false;
        await dropping;

        const stored = await storedMessages(roomId);
        expect(stored).toHaveLength(NAMES.length * MESSAGES_EACH);
        expect(stored.map(({ sequence }) => sequence)).toEqual(stored.map((_, index) => index + 1));
        for (const watch of watches) await watch.until((seen) => seen.length >= stored.length);
        await delay(1_000);
        for (const watch of watches) {
          await watch.end();
          expect(watch.seen.map(asStored)).toEqual(stored);
        }
        expect(ofLeaver.seen.every(({ sequence }) => sequence <= lastForLeaver)).toBe(true);
        expect(ofLeaver.seen.map(asStored)).toEqual(stored.slice(0, ofLeaver.seen.length));
        expect(losses(watches)).toBeGreaterThan(watches.length);
      },
      WITHIN_MS,
    );

    function losses(watches: readonly Watch<SeenMessage>[]): number {
      return watches.reduce((sum, watch) => sum + watch.losses, 0);
    }

    async function storedMessages(roomId: string): Promise<SeenMessage[]> {
      return query<SeenMessage>(
        'select id, sequence::int, text from messaging.chat_messages where room_id = $1 order by sequence',
        [roomId],
      );
    }

    async function lastSequence(roomId: string): Promise<number> {
      const [room] = await query<{ last: number }>(
        'select last_sequence::int as last from messaging.chat_rooms where id = $1',
        [roomId],
      );
      return room?.last ?? 0;
    }

    async function query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end();
      }
    }
  },
);

function asStored({ id, sequence, text }: SeenMessage): SeenMessage {
  return { id, sequence, text };
}
