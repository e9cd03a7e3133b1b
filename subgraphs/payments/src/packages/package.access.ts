import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { LessonPackage } from './package.entity.js';

/** May the viewer see this package? It is for its student and staff. */
export function maySeePackage(context: RequestContext, { studentId }: LessonPackage): boolean {
  return context.isUser(studentId) || context.can('payments.payments.read-any');
}
