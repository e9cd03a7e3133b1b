import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';

const RESOURCES = { course: 'Course', version: 'CourseVersion', module: 'CourseModule', lesson: 'Lesson' } as const;

/**
 * Notes what an author did, in the transaction that does it.
 *
 * @param change the input by which it was done: the names of what it holds are noted, never values
 */
export function auditAuthoring(
  tx: EntityManager,
  context: RequestContext,
  action: `learning.${keyof typeof RESOURCES}.${string}`,
  resourceId: string,
  change: Readonly<Record<string, unknown>> = {},
): void {
  const noun = action.split('.')[1] as keyof typeof RESOURCES;
  const fields = Object.keys(change).filter((name) => change[name] !== undefined && !name.endsWith('Id'));
  recordStaffAction(tx, context, { action, resource: RESOURCES[noun], resourceId, fields });
}
