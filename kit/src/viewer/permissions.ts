import type { Role } from './viewer.js';

/** One thing that somebody may be allowed to do. */
export interface Permission {
  /** What it allows, for whoever configures roles. */
  description: string;
  /** Roles that have it until somebody configures otherwise. SUPER_ADMIN always has every permission. */
  roles: readonly Role[];
}

/** A room's permissions by name: `<room>.<noun>.<verb>`. */
export type PermissionCatalogue = Readonly<Record<string, Permission>>;

/** Checks a room's catalogue and keeps its names as literal types. */
export function definePermissions<const Catalogue extends PermissionCatalogue>(
  room: string,
  catalogue: Catalogue,
): Catalogue {
  for (const name of Object.keys(catalogue)) {
    if (!new RegExp(`^${room}(\\.[a-z-]+){2}$`).test(name)) {
      throw new Error(`Permission "${name}" must be named ${room}.<noun>.<verb>`);
    }
  }
  return catalogue;
}
