import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { insightTopics } from './insight.repository.js';
import { praisedTopics, strengthsOf } from './insight.rules.js';
import type { TutorPraise, TutorStrength } from './praise.types.js';

const MOST = 20;

/** What tutors are praised for, in the viewer's language. */
export class PraiseService {
  /** What reviews praise a tutor for, the most frequent first. @throws BAD_USER_INPUT for a number out of bounds */
  async praise(context: RequestContext, tutorId: string, first: number): Promise<TutorPraise[]> {
    const topics = await context.loader(insightTopics).load(tutorId);
    return praisedTopics(topics)
      .slice(0, bounded(first))
      .map(({ topic, praises }) => {
        const what = context.text(`PRAISED_${topic}`);
        const text = context.text('PRAISE', { what, mentions: praises });
        return { topic, label: context.text(`TOPIC_${topic}`), mentions: praises, text };
      });
  }

  /** What a tutor is good at, the most praised first. @throws BAD_USER_INPUT for a number out of bounds */
  async strengths(context: RequestContext, tutorId: string, first: number): Promise<TutorStrength[]> {
    const topics = await context.loader(insightTopics).load(tutorId);
    return strengthsOf(topics)
      .slice(0, bounded(first))
      .map(({ topic, praises, isClaimed }) => {
        return { topic, label: context.text(`TOPIC_${topic}`), mentions: praises, isClaimed };
      });
  }
}

function bounded(first: number): number {
  if (first >= 1 && first <= MOST) return first;
  throw badUserInput(`"first" must be from 1 to ${MOST}`);
}
