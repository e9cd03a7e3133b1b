import { createHash } from 'node:crypto';
import type { RightsSnapshot } from './rights-snapshot.js';
import type { Role, UserViewer } from './viewer.js';

type UserPermission = RightsSnapshot['userPermissions'][number];
type RoleChange = RightsSnapshot['roleChanges'][number];

/** Clocks of those who sign tokens may differ by so much from that of whoever changes a role. */
const CLOCK_TOLERANCE_MS = 60_000;

/** One snapshot of everybody's rights, and what follows from it. It does not know how old it is. */
export class RightsCopy {
  private readonly permissions: ReadonlyMap<Role, ReadonlySet<string>>;
  /** Equal for equal permissions of a role; made once, as many connections ask after every snapshot. */
  private readonly digests: ReadonlyMap<Role, string>;
  private readonly exceptions: ReadonlyMap<string, readonly UserPermission[]>;
  private readonly roleChanges: ReadonlyMap<string, RoleChange>;

  constructor({ roles, userPermissions, roleChanges }: RightsSnapshot) {
    this.permissions = new Map(roles.map(({ role, permissions }) => [role, new Set(permissions)]));
    this.digests = new Map(roles.map(({ role, permissions }) => [role, digest(permissions)]));
    this.exceptions = Map.groupBy(userPermissions, ({ userId }) => userId);
    this.roleChanges = new Map(roleChanges.map((change) => [change.userId, change]));
  }

  /** The viewer's role: the token's, unless it was changed after the token was signed. */
  roleOf({ userId, role, issuedAt }: UserViewer): Role {
    const change = this.roleChanges.get(userId);
    const isNewer = change && change.changedAt.getTime() > issuedAt * 1000 - CLOCK_TOLERANCE_MS;
    return isNewer ? change.role : role;
  }

  /**
   * What gives the viewer a permission at a moment: their role or a grant of their own; undefined when nothing does. A
   * denial wins over both, but not over SUPER_ADMIN, who has every permission.
   */
  sourceOf({ userId, role }: UserViewer, permission: string, at: Date): 'role' | 'grant' | undefined {
    if (role === 'SUPER_ADMIN') return 'role';
    const exceptions = this.exceptionsOf(userId, at).filter((exception) => exception.permission === permission);
    if (exceptions.some(({ isGranted }) => !isGranted)) return undefined;
    if (this.permissions.get(role)?.has(permission)) return 'role';
    return exceptions.length > 0 ? 'grant' : undefined;
  }

  /** Names everything that this copy lets the viewer do: equal for equal rights. */
  digestOf(viewer: UserViewer, at: Date): string {
    const role = this.roleOf(viewer);
    const exceptions = this.exceptionsOf(viewer.userId, at)
      .map(({ permission, isGranted }) => `${isGranted ? '+' : '-'}${permission}`)
      .sort();
    return JSON.stringify([role, this.digests.get(role), exceptions]);
  }

  private exceptionsOf(userId: string, at: Date): UserPermission[] {
    return this.exceptions.get(userId)?.filter(({ until }) => until === null || until > at) ?? [];
  }
}

function digest(permissions: readonly string[]): string {
  const named = [...new Set(permissions)].sort();
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url');
}
