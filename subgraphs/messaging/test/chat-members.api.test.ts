import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat, NOBODY } from './chat.js';

let chat: Chat;
let curator: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  chat = await Chat.open({ CHAT_MEMBER_LIMIT: '5' });
  curator = await chat.graph.person('CURATOR');
  supervisor = await chat.graph.person('SUPERVISOR');
});

afterAll(() => chat.close());

const idOf = ({ userId }: TestPerson) => userId;

describe('members of a named room', () => {
  it('are added once, and as many as may be', async () => {
    const [ann, ben, cid] = [await chat.student(), await chat.student(), await chat.student()];
    const roomId = await chat.named(curator, [ann]);
    const adding = { roomId, userIds: [ann, ben, cid].map(idOf) };
    expect(await chat.made('addChatMembers', adding, curator)).toMatchObject({ memberCount: 4 });
    expect(await chat.made('addChatMembers', adding, curator)).toMatchObject({ memberCount: 4 });
    const many = [await chat.student(), await chat.student()].map(idOf);
    expect((await chat.mutate('addChatMembers', { roomId, userIds: many }, curator)).refused).toEqual(['ROOM_FULL']);
    expect((await chat.mutate('addChatMembers', { roomId, userIds: [NOBODY] }, curator)).refused).toEqual([
      'PERSON_NOT_FOUND',
    ]);
    expect(await chat.members(roomId)).toMatchObject({ count: 4 });
    const told = await chat.told(roomId);
    expect(told.filter((event) => event.startsWith('chat-member.added'))).toHaveLength(4);
  });

  it('are added and removed by its moderators and by staff only', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    const stranger = await chat.student();
    const roomId = await chat.named(curator, [ann, ben]);
    const removal = { roomId, userId: ben.userId };
    expect((await chat.mutate('removeChatMember', removal, ann)).refused).toEqual(['NOT_A_MODERATOR']);
    expect((await chat.mutate('removeChatMember', removal, stranger)).refused).toEqual(['NOT_FOUND']);
    expect((await chat.mutate('addChatMembers', { roomId, userIds: [stranger.userId] }, ann)).refused).toEqual([
      'NOT_A_MODERATOR',
    ]);
    await chat.made('setChatMemberRole', { roomId, userId: ann.userId, role: 'MODERATOR' }, curator);
    expect(await chat.made('removeChatMember', removal, ann)).toMatchObject({ memberCount: 2 });
    expect((await chat.mutate('removeChatMember', { roomId, userId: curator.userId }, ann)).refused).toEqual([
      'IS_MODERATOR',
    ]);
    expect((await chat.mutate('removeChatMember', { roomId, userId: ann.userId }, ann)).refused).toEqual([
      'NOT_YOURSELF',
    ]);
    expect(await chat.made('removeChatMember', { roomId, userId: ann.userId }, supervisor)).toMatchObject({
      memberCount: 1,
    });
  });

  it('see nothing of it any more once they are removed, and see it again once they are back', async () => {
    const ann = await chat.student();
    const roomId = await chat.named(curator, [ann]);
    expect(await chat.room(roomId, ann)).toMatchObject({ myMembership: { role: 'MEMBER' } });
    await chat.made('removeChatMember', { roomId, userId: ann.userId }, curator);
    expect(await chat.room(roomId, ann)).toBeNull();
    const { data } = await chat.run('{ chatRooms { totalCount } }', {}, ann);
    expect(data).toEqual({ chatRooms: { totalCount: 0 } });
    expect((await chat.mutate('muteChatRoom', { roomId, until: new Date() }, ann)).refused).toEqual(['NOT_FOUND']);
    await chat.made('removeChatMember', { roomId, userId: ann.userId }, curator);
    await chat.made('addChatMembers', { roomId, userIds: [ann.userId] }, curator);
    expect(await chat.room(roomId, ann)).toMatchObject({ memberCount: 2 });
    expect((await chat.told(roomId)).filter((event) => event.endsWith(ann.userId))).toEqual(
      ['added', 'removed', 'added'].map((verb) => `chat-member.${verb} ${ann.userId}`),
    );
  });

  it('leave by themselves, once', async () => {
    const ann = await chat.student();
    const roomId = await chat.named(curator, [ann]);
    for (let time = 0; time < 2; time++) {
      expect(await chat.mutate('leaveChatRoom', { roomId }, ann)).toMatchObject({ payload: { leftRoomId: roomId } });
    }
    expect(await chat.members(roomId)).toEqual({ userIds: [curator.userId], count: 1 });
    expect((await chat.mutate('leaveChatRoom', { roomId }, await chat.student())).refused).toEqual(['NOT_FOUND']);
  });

  it('are banned by moderators, and stay out until the ban is lifted', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(curator, [ann, ben]);
    const ban = { roomId, userId: ann.userId };
    expect((await chat.mutate('banChatMember', ban, ben)).refused).toEqual(['NOT_A_MODERATOR']);
    for (let time = 0; time < 2; time++) {
      expect(await chat.made('banChatMember', ban, supervisor)).toMatchObject({ memberCount: 2 });
    }
    expect(await chat.room(roomId, ann)).toBeNull();
    const adding = { roomId, userIds: [ann.userId] };
    expect((await chat.mutate('addChatMembers', adding, curator)).refused).toEqual(['PERSON_BANNED']);
    await chat.made('unbanChatMember', ban, curator);
    expect(await chat.room(roomId, ann)).toBeNull();
    expect(await chat.made('addChatMembers', adding, curator)).toMatchObject({ memberCount: 3 });
    const audited = await chat.sql<{ action: string }>(
      `select event -> 'data' ->> 'action' as action from messaging.outbox
       where event ->> 'type' like '%staff-action%' and event -> 'data' ->> 'userId' = ? order by sequence`,
      [ann.userId],
    );
    expect(audited.map(({ action }) => action)).toEqual(['messaging.member.ban', 'messaging.member.unban']);
  });

  it('stay out of it although they had left before they were banned', async () => {
    const ann = await chat.student();
    const roomId = await chat.named(curator, [ann]);
    await chat.mutate('leaveChatRoom', { roomId }, ann);
    expect(await chat.made('banChatMember', { roomId, userId: ann.userId }, curator)).toMatchObject({ memberCount: 1 });
    expect((await chat.mutate('addChatMembers', { roomId, userIds: [ann.userId] }, curator)).refused).toEqual([
      'PERSON_BANNED',
    ]);
  });

  it('mute it for themselves until a time', async () => {
    const ann = await chat.student();
    const roomId = await chat.named(curator, [ann]);
    const until = '2099-01-01T00:00:00.000Z';
    const muted = await chat.made<{ myMembership: { mutedUntil: unknown } }>('muteChatRoom', { roomId, until }, ann);
    expect(new Date(String(muted.myMembership.mutedUntil)).toISOString()).toBe(until);
    expect(await chat.room(roomId, curator)).toMatchObject({ myMembership: { mutedUntil: null } });
    expect(await chat.made('muteChatRoom', { roomId, until: '2001-01-01T00:00:00Z' }, ann)).toMatchObject({
      myMembership: { mutedUntil: null },
    });
  });
});

describe('a room', () => {
  it('is changed and closed by its moderators and by staff', async () => {
    const ann = await chat.student();
    const roomId = await chat.named(curator, [ann]);
    expect((await chat.mutate('updateChatRoom', { roomId, title: 'Mine' }, ann)).refused).toEqual(['NOT_A_MODERATOR']);
    expect(await chat.made('updateChatRoom', { roomId, title: 'Ours', description: 'All' }, curator)).toMatchObject({
      title: 'Ours',
      description: 'All',
    });
    expect(await chat.made('updateChatRoom', { roomId, description: null }, supervisor)).toMatchObject({
      title: 'Ours',
      description: null,
    });
    expect((await chat.mutate('closeChatRoom', { roomId }, ann)).refused).toEqual(['NOT_A_MODERATOR']);
    for (let time = 0; time < 2; time++) {
      expect(await chat.made('closeChatRoom', { roomId }, curator)).toMatchObject({ isClosed: true });
    }
    expect(await chat.made('reopenChatRoom', { roomId }, supervisor)).toMatchObject({ isClosed: false });
    expect((await chat.told(roomId)).filter((event) => event === 'chat-room.updated')).toHaveLength(4);
  });
});

describe('a support room', () => {
  it('is joined by staff that answers, and left by them, but not by whoever asks', async () => {
    const ann = await chat.student();
    const roomId = (await chat.made('createChatRoom', { kind: 'SUPPORT' }, ann)).id;
    expect((await chat.mutate('joinSupportRoom', { roomId }, ann)).codes).toEqual(['FORBIDDEN']);
    expect(await chat.made('joinSupportRoom', { roomId }, curator)).toMatchObject({
      memberCount: 2,
      myMembership: { role: 'MODERATOR' },
    });
    expect((await chat.mutate('leaveChatRoom', { roomId }, ann)).refused).toEqual(['NOT_IN_SUCH_ROOMS']);
    expect((await chat.mutate('leaveChatRoom', { roomId }, curator)).refused).toEqual([]);
    expect((await chat.mutate('addChatMembers', { roomId, userIds: [supervisor.userId] }, curator)).refused).toEqual([
      'NOT_IN_SUCH_ROOMS',
    ]);
    expect(await chat.members(roomId)).toEqual({ userIds: [ann.userId], count: 1 });
  });

  it('is closed by staff and opened again by whoever asks again', async () => {
    const ann = await chat.student();
    const roomId = (await chat.made('createChatRoom', { kind: 'SUPPORT' }, ann)).id;
    expect((await chat.mutate('closeChatRoom', { roomId }, ann)).refused).toEqual(['NOT_A_MODERATOR']);
    expect(await chat.made('closeChatRoom', { roomId }, curator)).toMatchObject({ isClosed: true });
    expect(await chat.made('createChatRoom', { kind: 'SUPPORT' }, ann)).toMatchObject({ id: roomId, isClosed: false });
  });

  it('is not seen any more by staff that lost the right to answer, although they had joined', async () => {
    const ann = await chat.student();
    const roomId = (await chat.made('createChatRoom', { kind: 'SUPPORT' }, ann)).id;
    const answering = await chat.graph.person('CURATOR');
    await chat.made('joinSupportRoom', { roomId }, answering);
    expect(await chat.room(roomId, answering)).toMatchObject({ memberCount: 2 });
    const demoted = { ...answering, ...(await chat.graph.issuer.signIn('STUDENT', { userId: answering.userId })) };
    expect(await chat.room(roomId, demoted)).toBeNull();
  });

  it('is left by staff by itself that may not answer any longer, also while others stay', async () => {
    const ann = await chat.student();
    const roomId = (await chat.made('createChatRoom', { kind: 'SUPPORT' }, ann)).id;
    const [gone, staying] = [await chat.graph.person('CURATOR'), await chat.graph.person('CURATOR')];
    await chat.made('joinSupportRoom', { roomId }, gone);
    await chat.made('joinSupportRoom', { roomId }, staying);
    const admin = await chat.graph.person('ADMIN');
    const query = `mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { userErrors { code } } }`;
    const input = { userId: gone.userId, role: 'STUDENT' };
    const { data } = await chat.graph.run('accounts', query, { input }, admin);
    expect(data).toEqual({ changeRole: { userErrors: [] } });
    await expect.poll(() => chat.members(roomId), { timeout: 20_000 }).toMatchObject({ count: 2 });
    expect((await chat.members(roomId)).userIds.sort()).toEqual([ann.userId, staying.userId].sort());
  });
});
