import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { RecommendationsEnvironment } from './environment.js';
import type { Feedback } from './feedback/feedback.js';
import type { RunningModel } from './ranking/running-model.js';
import type { ReRanker } from './results/re-ranker.js';
import type { Recommender } from './results/recommend.js';

/** What every part of this room is built on. */
export interface RecommendationsCore {
  tools: RoomTools;
  environment: RecommendationsEnvironment;
  /** The models that rank. */
  models: RunningModel;
  /** Notes which lists are shown to whom. */
  feedback: Feedback;
  /** Names the tutors for a wish. */
  recommender: Recommender;
  /** Lets a language model look at the top of lists. */
  reRanker: ReRanker;
}

/** What a part adds to the room. */
export type RecommendationsPart = Pick<
  RoomParts,
  'resolvers' | 'jobs' | 'consumers' | 'routes' | 'prepare' | 'started' | 'close'
>;
