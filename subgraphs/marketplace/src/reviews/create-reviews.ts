import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { CaseEdgesResolver, TutorModerationResolver } from '../moderation/case-edges.resolver.js';
import { CaseEdgesService } from '../moderation/case-edges.service.js';
import { moderateTextJob } from '../moderation/moderate-text.job.js';
import { ModerationResolver } from '../moderation/moderation.resolver.js';
import { ModerationService } from '../moderation/moderation.service.js';
import { ProfileScreening } from '../moderation/profile-screening.js';
import { Screening } from '../moderation/screening.js';
import { AnswerService } from './answer.service.js';
import { ReviewResolver } from './review.resolver.js';
import { ReviewService } from './review.service.js';
import {
  BookingReviewResolver,
  ReviewAnswerResolver,
  ReviewEdgesResolver,
  TutorReviewsResolver,
} from './review-edges.resolver.js';
import { ReviewEdgesService } from './review-edges.service.js';
import { forgetNetworksJob } from './signals/forget-networks.job.js';
import { weighReviewJob } from './signals/weigh-review.job.js';
import { Weighing } from './signals/weighing.js';

/** Reviews and the moderation of what people write; profiles use it too. */
export interface Reviews extends Required<Pick<RoomParts, 'resolvers' | 'jobs'>> {
  profiles: ProfileScreening;
}

/** Wires reviews and moderation. @param secret the settings' SECRET_KEY */
export function createReviews({ orm, ai }: Pick<RoomTools, 'orm' | 'ai'>, secret: string): Reviews {
  const moderateText = moderateTextJob(orm.em, ai);
  const weighReview = weighReviewJob(orm.em);
  const screening = new Screening(moderateText);
  const edges = new ReviewEdgesService();
  const caseEdges = new CaseEdgesService();
  return {
    resolvers: [
      new TutorReviewsResolver(edges),
      new BookingReviewResolver(edges),
      new ReviewResolver(new ReviewService(screening, new Weighing(weighReview, secret)), new AnswerService(screening)),
      new ReviewEdgesResolver(edges),
      new ReviewAnswerResolver(edges),
      new ModerationResolver(new ModerationService()),
      new CaseEdgesResolver(caseEdges),
      new TutorModerationResolver(caseEdges),
    ],
    jobs: [moderateText, weighReview, forgetNetworksJob(orm.em)],
    profiles: new ProfileScreening(screening),
  };
}
