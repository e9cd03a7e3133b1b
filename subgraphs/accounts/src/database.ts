import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { KnownPermission, RolePermission } from './rights/role-permission.entity.js';
import { RefreshToken, Session } from './sessions/session.entity.js';
import { SigningKey } from './signing-keys/signing-key.entity.js';
import { User } from './users/user.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'accounts',
  entities: [...eventEntities, User, Session, RefreshToken, SigningKey, RolePermission, KnownPermission],
  migrations: new URL('../migrations/', import.meta.url),
};
