import type { EntityRights } from '../entity.js';

/** Entities of the messaging room. */
export const messagingEntities: readonly EntityRights[] = [];
