import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { findRoom } from '../chat-members/membership.js';

/** A chat room by reference: as by id. */
export const resolveChatRoom: ReferenceResolver = async ({ id }, context) =>
  (await findRoom(context, id))?.room ?? null;
