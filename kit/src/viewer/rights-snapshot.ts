import { z } from 'zod';
import { roles } from './viewer.js';

/** What every process must know to decide who may do what; the subgraph that owns rights answers with it. */
export const rightsSnapshot = z.object({
  roles: z.array(z.object({ role: z.enum(roles), permissions: z.array(z.string()) })),
  /** Exceptions for single people: given beyond the role, or taken away in spite of it. `until` null: for good. */
  userPermissions: z.array(
    z.object({
      userId: z.string(),
      permission: z.string(),
      isGranted: z.boolean(),
      until: z.coerce.date().nullable(),
    }),
  ),
  /** Roles that were changed while access tokens that name the old one may still be unexpired. */
  roleChanges: z.array(z.object({ userId: z.string(), role: z.enum(roles), changedAt: z.coerce.date() })),
  /** Sessions revoked while access tokens of theirs may still be unexpired. */
  revokedSessions: z.array(z.string()),
});

/** @see rightsSnapshot */
export type RightsSnapshot = z.infer<typeof rightsSnapshot>;

/** Nothing is known: nobody may anything. */
export const emptySnapshot: RightsSnapshot = { roles: [], userPermissions: [], roleChanges: [], revokedSessions: [] };
