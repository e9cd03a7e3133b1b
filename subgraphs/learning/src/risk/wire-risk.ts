import type { LearningCore, LearningPart } from '../core.js';
import { InterventionResolver, StudentInterventionsResolver } from '../interventions/intervention.resolver.js';
import { InterventionService } from '../interventions/intervention.service.js';
import { RiskLiveResolver } from '../risk-live/risk-live.resolver.js';
import { RiskLiveService } from '../risk-live/risk-live.service.js';
import { StudentAccess } from '../students/student-access.js';
import { retrainRiskJob } from './retrain-risk.job.js';
import { EnrollmentRiskResolver, RiskModelResolver, RiskResolver, StudentRiskResolver } from './risk.resolver.js';
import { RiskService } from './risk.service.js';
import { riskDueConsumer } from './risk-due.js';
import { RiskModels } from './risk-models.js';
import { RiskScoring } from './risk-scoring.js';
import { scoreAllRiskJob } from './score-all-risk.job.js';
import { scoreDueRiskJob } from './score-due-risk.job.js';

/** Wires the risk of students, and what is done for them. */
export function createRisk({ tools, environment }: LearningCore): LearningPart {
  const { em } = tools.orm;
  const access = new StudentAccess();
  const models = new RiskModels();
  const scoring = new RiskScoring(em, models);
  const retrain = retrainRiskJob(em, models, environment.RISK_LEAST_OUTCOMES);
  const service = new RiskService(access, models, retrain);
  const interventions = new InterventionService(access);
  return {
    resolvers: [
      new RiskResolver(service),
      new RiskModelResolver(service),
      new StudentRiskResolver(service),
      new EnrollmentRiskResolver(service),
      new InterventionResolver(interventions),
      new StudentInterventionsResolver(interventions),
      new RiskLiveResolver(new RiskLiveService(tools.live, access, service)),
    ],
    jobs: [scoreDueRiskJob(em, scoring), scoreAllRiskJob(em, scoring), retrain],
    consumers: [riskDueConsumer()],
  };
}
