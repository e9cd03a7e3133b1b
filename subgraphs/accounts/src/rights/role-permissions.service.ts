import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { mapConnection } from '@tutorgraph/kit/graphql/connection-map';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { Role } from '@tutorgraph/kit/viewer/viewer';
import { recordAudit } from '../audit/audit.repository.js';
import { rightsChanged } from '../events.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { loadCatalogue } from './catalogue.js';
import { lockConfigurator } from './configurator.js';
import {
  findPermissionSets,
  findPermissions,
  findSettingsOfRole,
  flushSet,
  holdSets,
  lockSet,
  replaceSettingsOfRole,
} from './permission.repository.js';
import { mayHave, permissionSet, permissionSetChange, refuseUngrantable, rolePermissions } from './permission.rules.js';
import type { PermissionType, RolePermissionSettings } from './permission.types.js';
import { PermissionSet } from './permission-set.entity.js';

/** What roles may do, and sets of permissions. */
export class RolePermissionsService {
  /** The catalogue: every permission that the code asks for. */
  async permissions(context: RequestContext, page: PageRequest): Promise<Connection<PermissionType>> {
    const catalogue = await loadCatalogue();
    const found = await findPermissions(context.em, Object.keys(catalogue), page);
    return mapConnection(found, ({ permission }) => ({
      name: permission,
      description: catalogue[permission]?.description ?? '',
      defaultRoles: [...(catalogue[permission]?.roles ?? [])],
    }));
  }

  /** What a role may do: what the tables hold, as far as the code knows it and the role may have it. */
  async ofRole(em: EntityManager, role: Role): Promise<RolePermissionSettings> {
    const { permissions, sets } = await findSettingsOfRole(em, role);
    const catalogue = await loadCatalogue();
    const isEffective = (name: string): boolean => Object.hasOwn(catalogue, name) && mayHave(role, name);
    const all =
      role === 'SUPER_ADMIN' ? Object.keys(catalogue) : [...permissions, ...sets.flatMap((set) => set.permissions)];
    return {
      role,
      permissions: permissions.filter(isEffective),
      permissionSets: sets,
      effectivePermissions: [...new Set(all.filter(isEffective))].sort(),
    };
  }

  /**
   * Puts permissions and sets in place of what a role had; effective within seconds everywhere.
   *
   * @throws Refusal SUPER_ADMIN_UNCHANGEABLE, PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, PERMISSION_SET_NOT_FOUND
   */
  async setOfRole(context: RequestContext, input: unknown): Promise<RolePermissionSettings> {
    const wanted = accept(rolePermissions, input, context.locale);
    if (wanted.role === 'SUPER_ADMIN') {
      throw new Refusal<AccountErrorCode>('SUPER_ADMIN_UNCHANGEABLE', ['input', 'role']);
    }
    const permissions = [...new Set(wanted.permissions)];
    const setIds = [...new Set(wanted.permissionSetIds ?? [])];
    refuseUngrantable(wanted.permissions, await loadCatalogue(), 'permissions');
    await transaction(context.em, async (tx) => {
      await lockConfigurator(tx, context);
      await holdSets(tx, setIds, 'permissionSetIds');
      await replaceSettingsOfRole(tx, wanted.role, permissions, setIds);
      await changed(tx, context, 'ROLE_PERMISSIONS_SET', { role: wanted.role, permissions, setIds });
    });
    return this.ofRole(context.em.fork(), wanted.role);
  }

  /** A page of permission sets. */
  sets(context: RequestContext, page: PageRequest): Promise<Connection<PermissionSet>> {
    return findPermissionSets(context.em, page);
  }

  /** @throws Refusal PERMISSION_UNKNOWN, PERMISSION_NOT_GRANTABLE, PERMISSION_SET_NAME_TAKEN */
  async createSet(context: RequestContext, input: unknown): Promise<PermissionSet> {
    const wanted = accept(permissionSet, input, context.locale);
    refuseUngrantable(wanted.permissions, await loadCatalogue(), 'permissions');
    const now = new Date();
    return transaction(context.em, async (tx) => {
      await lockConfigurator(tx, context);
      const permissions = [...new Set(wanted.permissions)];
      const set = tx.create(PermissionSet, { id: newId(), ...wanted, permissions, createdAt: now, updatedAt: now });
      await flushSet(tx);
      await changed(tx, context, 'PERMISSION_SET_CREATED', { setId: set.id, permissions });
      return set;
    });
  }

  /** Changes a set and with it whatever whoever has it may do. @throws Refusal as for a new one; PERMISSION_SET_NOT_FOUND */
  async updateSet(context: RequestContext, input: unknown): Promise<PermissionSet> {
    const { id, name, description, permissions } = accept(permissionSetChange, input, context.locale);
    refuseUngrantable(permissions ?? [], await loadCatalogue(), 'permissions');
    return transaction(context.em, async (tx) => {
      await lockConfigurator(tx, context);
      const set = await lockSet(tx, id);
      set.name = name ?? set.name;
      set.description = description ?? set.description;
      set.permissions = permissions ? [...new Set(permissions)] : set.permissions;
      set.updatedAt = new Date();
      await flushSet(tx);
      await changed(tx, context, 'PERMISSION_SET_UPDATED', { setId: id, permissions: set.permissions });
      return set;
    });
  }

  /** Takes a set from every role and person that has it. @throws Refusal PERMISSION_SET_NOT_FOUND */
  deleteSet(context: RequestContext, id: string): Promise<void> {
    return transaction(context.em, async (tx) => {
      await lockConfigurator(tx, context);
      await lockSet(tx, id);
      await tx.nativeDelete(PermissionSet, { id });
      await changed(tx, context, 'PERMISSION_SET_DELETED', { setId: id });
    });
  }
}

async function changed(
  tx: EntityManager,
  context: RequestContext,
  action: 'ROLE_PERMISSIONS_SET' | 'PERMISSION_SET_CREATED' | 'PERMISSION_SET_UPDATED' | 'PERMISSION_SET_DELETED',
  details: Record<string, unknown>,
): Promise<void> {
  recordEvent(tx, rightsChanged.create({ subject: 'roles', data: {} }));
  await recordAudit(tx, context, { action, details });
}
