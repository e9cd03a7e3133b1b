import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { PermissionCatalogue } from '@tutorgraph/kit/viewer/permissions';
import type { RightsSnapshot } from '@tutorgraph/kit/viewer/rights';
import { roles } from '@tutorgraph/kit/viewer/viewer';
import { rightsChanged } from '../events.js';
import { findSessionsRevokedAfter } from '../sessions/session.repository.js';
import { ACCESS_TOKEN_SECONDS } from '../signing-keys/signing-key.service.js';
import { KnownPermission, RolePermission } from './role-permission.entity.js';

const CLOCK_TOLERANCE_SECONDS = 60;

/** Permissions behind roles, and what every process copies to decide. */
export class RightsService {
  /**
   * Gives permissions that are new in the code to their default roles; SUPER_ADMIN gets every one. What was configured
   * since stays. Replicas that start together do it once.
   */
  async introduce(em: EntityManager, catalogue: PermissionCatalogue): Promise<void> {
    const known = await em.fork().find(KnownPermission, {});
    const names = new Set(known.map(({ permission }) => permission));
    const unknown = Object.entries(catalogue).filter(([name]) => !names.has(name));
    if (unknown.length === 0) return;
    await transaction(em, async (tx) => {
      await tx.upsertMany(
        KnownPermission,
        unknown.map(([permission]) => ({ permission })),
        { onConflictAction: 'ignore' },
      );
      await tx.upsertMany(
        RolePermission,
        unknown.flatMap(([permission, defaults]) =>
          [...new Set(['SUPER_ADMIN' as const, ...defaults.roles])].map((role) => ({ role, permission })),
        ),
        { onConflictAction: 'ignore' },
      );
      recordEvent(tx, rightsChanged.create({ subject: 'roles', data: {} }));
    });
  }

  /** Permissions by role, and sessions ended within an access token's life. */
  async snapshot(em: EntityManager): Promise<RightsSnapshot> {
    const rows = await em.find(RolePermission, {});
    const since = new Date(Date.now() - (ACCESS_TOKEN_SECONDS + CLOCK_TOLERANCE_SECONDS) * 1000);
    return {
      roles: roles.map((role) => ({
        role,
        permissions: rows.filter((row) => row.role === role).map(({ permission }) => permission),
      })),
      revokedSessions: await findSessionsRevokedAfter(em, since),
    };
  }
}
