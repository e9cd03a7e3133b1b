import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { findReadableRoom } from '../chat-members/membership.js';
import { chatMessagesById } from './chat-message.repository.js';

/** A message by reference: for whoever may read its room, and for services by the scopes of their tokens. */
export const resolveChatMessage: ReferenceResolver = async ({ id }, context) => {
  const message = await context.loader(chatMessagesById).load(id);
  return message && (await findReadableRoom(context, message.roomId)) ? message : null;
};
