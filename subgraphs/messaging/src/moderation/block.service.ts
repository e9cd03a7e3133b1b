import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { z } from 'zod';
import { directKey } from '../chat-rooms/unique-key.js';
import { lockUniqueRoom } from '../chat-rooms/unique-rooms.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatMemberUpdated } from '../events.js';
import type { People } from '../people/people.js';
import { UserBlock } from './user-block.entity.js';

const whom = z.object({ userId: z.uuid().toLowerCase() });

const NEWEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.blocked_id`, type: 'uuid', direction: 'desc' },
];

/** Whom people do not want to hear of. */
export class BlockService {
  constructor(private readonly people: People) {}

  /** Whoever is blocked already stays so. @throws Refusal PERSON_NOT_FOUND, NOT_YOURSELF */
  async block(context: RequestContext, input: unknown): Promise<UserBlock> {
    const { userId: blockedId } = accept(whom, input, context.locale);
    const { userId: blockerId } = context.user;
    if (blockerId === blockedId) throw new Refusal<MessagingErrorCode>('NOT_YOURSELF', ['input', 'userId']);
    await this.people.require([blockedId], ['input', 'userId']);
    return transaction(context.em, async (tx) => {
      await tellOwnDevices(tx, blockerId, blockedId);
      // What is there already is locked, so that it is still there when it is read.
      await sql`insert into messaging.user_blocks (blocker_id, blocked_id, created_at)
        values (${blockerId}, ${blockedId}, ${new Date()})
        on conflict (blocker_id, blocked_id) do update set blocked_id = excluded.blocked_id`.execute(tx.getKysely());
      return tx.findOneOrFail(UserBlock, { blockerId, blockedId });
    });
  }

  /** Whoever is not blocked is not afterwards. @returns their id */
  async unblock(context: RequestContext, input: unknown): Promise<string> {
    const { userId: blockedId } = accept(whom, input, context.locale);
    const { userId: blockerId } = context.user;
    return transaction(context.em, async (tx) => {
      await tellOwnDevices(tx, blockerId, blockedId);
      await tx.nativeDelete(UserBlock, { blockerId, blockedId });
      return blockedId;
    });
  }

  /** A page of whom the viewer has blocked, the newest first. */
  own(context: RequestContext, page: PageRequest): Promise<Connection<UserBlock>> {
    const from = sql`from messaging.user_blocks t where t.blocker_id = ${context.user.userId}`;
    return keysetPage(context.em, { entity: UserBlock, from, order: NEWEST_FIRST }, page);
  }
}

/** The lock of the room of the two keeps messages apart that are sent before a block from those sent after it. */
async function tellOwnDevices(tx: EntityManager, blockerId: string, blockedId: string): Promise<void> {
  const room = await lockUniqueRoom(tx, directKey(blockerId, blockedId));
  if (!room) return;
  const data = { roomId: room.id, userId: blockerId };
  recordEvent(tx, chatMemberUpdated.create({ subject: blockerId, data }));
}
