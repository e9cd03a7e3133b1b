import type { EntityRights } from '../entity.js';
import { accountsEntities } from './accounts.js';
import { learningEntities } from './learning.js';
import { marketplaceEntities } from './marketplace.js';
import { messagingEntities } from './messaging.js';
import { paymentsEntities } from './payments.js';
import { recommendationsEntities } from './recommendations.js';

/** Entities of all rooms. */
export const everyEntity: readonly EntityRights[] = [
  ...accountsEntities,
  ...marketplaceEntities,
  ...paymentsEntities,
  ...messagingEntities,
  ...learningEntities,
  ...recommendationsEntities,
];
