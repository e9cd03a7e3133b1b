import type { LearningCore, LearningPart } from '../core.js';
import { Accounts } from '../people/accounts.js';
import { CohortResolver } from './cohort.resolver.js';
import { CohortService } from './cohort.service.js';

/** Wires cohorts. */
export function createCohorts({ tools }: LearningCore): LearningPart {
  return { resolvers: [new CohortResolver(new CohortService(new Accounts(tools.graph)))] };
}
