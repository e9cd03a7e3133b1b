import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { ChatRoomReferenceInput } from '../chat-rooms/chat-room.payloads.js';
import { MessagingError } from '../errors.js';
import type { BanService } from './ban.service.js';
import {
  AddChatMembersInput,
  AddChatMembersPayload,
  BanChatMemberPayload,
  ChatMemberReferenceInput,
  JoinSupportRoomPayload,
  LeaveChatRoomPayload,
  MuteChatRoomInput,
  MuteChatRoomPayload,
  RemoveChatMemberPayload,
  SetChatMemberRoleInput,
  SetChatMemberRolePayload,
  UnbanChatMemberPayload,
} from './chat-member.payloads.js';
import type { MemberService } from './member.service.js';
import type { OwnMembershipService } from './own-membership.service.js';

/** Who belongs to chat rooms, and how. */
@Resolver()
export class MemberMutationsResolver {
  constructor(
    private readonly members: MemberService,
    private readonly bans: BanService,
    private readonly own: OwnMembershipService,
  ) {}

  @SignedIn()
  @Mutation(() => AddChatMembersPayload, {
    nullable: true,
    description: 'Adds people to a group or a named room; for its moderators and for staff.',
  })
  addChatMembers(
    @Arg('input', () => AddChatMembersInput, { description: 'Whom to add.' }) input: AddChatMembersInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.members.add(context, input) }));
  }

  @SignedIn()
  @Mutation(() => RemoveChatMemberPayload, {
    nullable: true,
    description:
      'Takes somebody out of a group or a named room: from then on they read and hear nothing of it. They may be added again. For its moderators and for staff.',
  })
  removeChatMember(
    @Arg('input', () => ChatMemberReferenceInput, { description: 'Whom to take out.' })
    input: ChatMemberReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.members.remove(context, input) }));
  }

  @SignedIn()
  @Mutation(() => SetChatMemberRolePayload, {
    nullable: true,
    description: 'Makes somebody a moderator of a group or a named room, or a plain member again.',
  })
  setChatMemberRole(
    @Arg('input', () => SetChatMemberRoleInput, { description: 'Who becomes what.' }) input: SetChatMemberRoleInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.members.setRole(context, input) }));
  }

  @SignedIn()
  @Mutation(() => BanChatMemberPayload, {
    nullable: true,
    description:
      'Keeps somebody out of a room until the ban is lifted, also somebody who has left it. For its moderators and for staff that moderates; it is audited.',
  })
  banChatMember(
    @Arg('input', () => ChatMemberReferenceInput, { description: 'Whom to ban.' }) input: ChatMemberReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.bans.ban(context, input) }));
  }

  @SignedIn()
  @Mutation(() => UnbanChatMemberPayload, {
    nullable: true,
    description: 'Lifts a ban: they do not belong to the room yet, but may be added again. It is audited.',
  })
  unbanChatMember(
    @Arg('input', () => ChatMemberReferenceInput, { description: 'Whose ban to lift.' })
    input: ChatMemberReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.bans.unban(context, input) }));
  }

  @SignedIn()
  @Mutation(() => LeaveChatRoomPayload, {
    nullable: true,
    description: 'Leaves a group or a named room, or, as staff, a support room. Nobody leaves a DIRECT room: mute it.',
  })
  leaveChatRoom(
    @Arg('input', () => ChatRoomReferenceInput, { description: 'Which room.' }) input: ChatRoomReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ leftRoomId: await this.own.leave(context, input) }));
  }

  @SignedIn()
  @Mutation(() => MuteChatRoomPayload, {
    nullable: true,
    description: 'Stops notifications of a room of yours until a time; you still see in it what is new.',
  })
  muteChatRoom(
    @Arg('input', () => MuteChatRoomInput, { description: 'Which room, and until when.' }) input: MuteChatRoomInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.own.mute(context, input) }));
  }

  @Requires('messaging.support.answer')
  @Mutation(() => JoinSupportRoomPayload, {
    nullable: true,
    description: 'Joins a support room, to answer in it and hear of it; it is audited.',
  })
  joinSupportRoom(
    @Arg('input', () => ChatRoomReferenceInput, { description: 'Which support room.' })
    input: ChatRoomReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.own.joinSupport(context, input) }));
  }
}
