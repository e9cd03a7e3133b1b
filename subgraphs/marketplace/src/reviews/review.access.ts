import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { ContentState } from '../moderation/moderation.states.js';

/** May the viewer see this review? What is not published is for whoever wrote it and for those who moderate. */
export function maySeeReview(
  context: RequestContext,
  { state, studentId }: { state: ContentState; studentId: string },
): boolean {
  return state === 'PUBLISHED' || context.isUser(studentId) || context.can('marketplace.moderation.manage');
}
