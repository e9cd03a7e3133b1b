import { z } from 'zod';
import { people } from '../chat-rooms/chat-room.inputs.js';
import { reference } from '../input.rules.js';
import { memberRoles } from './chat-member.rules.js';

/** Whom to add to a room. */
export const newMembers = z.object({ roomId: reference, userIds: people });

/** Who of a room. */
export const memberReference = z.object({ roomId: reference, userId: z.uuid().toLowerCase() });

/** What somebody becomes in a room. */
export const roleChange = memberReference.extend({ role: z.enum(memberRoles) });

/** Until when a room is silent for the viewer; null and the past: it is not. */
export const muting = z.object({ roomId: reference, until: z.date().nullish() });
