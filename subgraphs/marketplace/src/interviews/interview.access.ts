import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import type { Interview } from './interview.entity.js';

/** Does the viewer keep interviews, as staff? */
export function keepsInterviews(context: RequestContext): boolean {
  return context.can('marketplace.interviews.manage');
}

/** Is it the viewer whom staff talks with? */
export async function isOwnInterview(context: RequestContext, { tutorId }: Interview): Promise<boolean> {
  return (await tutorOfViewer(context))?.id === tutorId;
}

/** May the viewer see this interview? It is for its tutor and staff. */
export async function maySeeInterview(context: RequestContext, interview: Interview): Promise<boolean> {
  return keepsInterviews(context) || isOwnInterview(context, interview);
}

/** What the viewer is in an interview that they may see: its tutor, who talks with the tutor, or neither. */
export async function sideOf(
  context: RequestContext,
  interview: Interview,
): Promise<'TUTOR' | 'INTERVIEWER' | undefined> {
  if (await isOwnInterview(context, interview)) return 'TUTOR';
  const { interviewerId } = interview;
  return interviewerId && context.isUser(interviewerId) && keepsInterviews(context) ? 'INTERVIEWER' : undefined;
}
