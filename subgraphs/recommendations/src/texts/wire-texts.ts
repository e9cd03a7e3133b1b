import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { TutorPraiseResolver } from './praise.resolver.js';
import { PraiseService } from './praise.service.js';
import { readTutorsJob, rereadTutorsJob } from './read-tutors.job.js';
import { TutorReader } from './read-tutors.js';

/** Wires what profiles and reviews say. */
export function createTexts({ tools }: RecommendationsCore): RecommendationsPart {
  const { em } = tools.orm;
  const reader = new TutorReader(em, tools.ai);
  return {
    resolvers: [new TutorPraiseResolver(new PraiseService())],
    jobs: [readTutorsJob(em, reader), rereadTutorsJob(em)],
  };
}
