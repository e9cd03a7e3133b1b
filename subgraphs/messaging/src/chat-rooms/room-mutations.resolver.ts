import { SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { MessagingError } from '../errors.js';
import {
  ChatRoomReferenceInput,
  CloseChatRoomPayload,
  CreateChatRoomInput,
  CreateChatRoomPayload,
  OpenDirectChatInput,
  OpenDirectChatPayload,
  ReopenChatRoomPayload,
  UpdateChatRoomInput,
  UpdateChatRoomPayload,
} from './chat-room.payloads.js';
import type { DirectChatService } from './direct-chat.service.js';
import type { RoomChangesService } from './room-changes.service.js';
import type { RoomMakingService } from './room-making.service.js';

/** How chat rooms come to be and change. */
@Resolver()
export class RoomMutationsResolver {
  constructor(
    private readonly making: RoomMakingService,
    private readonly direct: DirectChatService,
    private readonly changes: RoomChangesService,
  ) {}

  @SignedIn()
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => CreateChatRoomPayload, {
    nullable: true,
    description: 'Makes a group or a named room, as staff; or gives you your own support room.',
  })
  createChatRoom(
    @Arg('input', () => CreateChatRoomInput, { description: 'Which room.' }) input: CreateChatRoomInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.making.create(context, input) }));
  }

  @SignedIn()
  @Limited({ viewer: { points: 60, seconds: 60 } })
  @Mutation(() => OpenDirectChatPayload, {
    nullable: true,
    description:
      'Gives you the room that you share with somebody: a student and a tutor have one as soon as there is an application or a booking between them.',
  })
  openDirectChat(
    @Arg('input', () => OpenDirectChatInput, { description: 'With whom.' }) input: OpenDirectChatInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.direct.open(context, input) }));
  }

  @SignedIn()
  @Mutation(() => UpdateChatRoomPayload, {
    nullable: true,
    description: 'Changes title or description of a group or a named room; for its moderators and for staff.',
  })
  updateChatRoom(
    @Arg('input', () => UpdateChatRoomInput, { description: 'What to change.' }) input: UpdateChatRoomInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.changes.update(context, input) }));
  }

  @SignedIn()
  @Mutation(() => CloseChatRoomPayload, {
    nullable: true,
    description:
      'Closes a room: what was written can be read, and nobody writes any more. For its moderators and staff; support rooms are closed by staff alone. May be repeated.',
  })
  closeChatRoom(
    @Arg('input', () => ChatRoomReferenceInput, { description: 'Which room.' }) input: ChatRoomReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.changes.close(context, input) }));
  }

  @SignedIn()
  @Mutation(() => ReopenChatRoomPayload, {
    nullable: true,
    description: 'Opens a closed room again, for whoever may close it. May be repeated.',
  })
  reopenChatRoom(
    @Arg('input', () => ChatRoomReferenceInput, { description: 'Which room.' }) input: ChatRoomReferenceInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, MessagingError, async () => ({ room: await this.changes.reopen(context, input) }));
  }
}
