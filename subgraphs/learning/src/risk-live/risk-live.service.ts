import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { Cohort } from '../cohorts/cohort.entity.js';
import { enrollmentsOfStudent } from '../enrollments/enrollment.repository.js';
import { studentAtRisk } from '../events.js';
import type { RiskScore } from '../risk/risk.entity.js';
import type { RiskService } from '../risk/risk.service.js';
import type { StudentAccess } from '../students/student-access.js';

/** Students who come to be at risk, live, for whoever guides them. Rights are asked again at each message. */
export class RiskLiveService {
  constructor(
    private readonly live: LiveStream,
    private readonly access: StudentAccess,
    private readonly risks: RiskService,
  ) {}

  /** @throws FORBIDDEN for who guides nobody */
  async watch(context: RequestContext, after: string | null | undefined): Promise<AsyncIterable<LiveMessage>> {
    const scope = this.access.scopeOf(context);
    if (scope.kind === 'none') throw forbidden('You guide no students');
    const keys = scope.kind === 'all' ? ['school'] : await cohortKeys(context, scope.userId);
    return this.live.subscribe({ after, keys, types: [studentAtRisk.type], signal: context.signal });
  }

  /** The risk that a message is about, as it is now; null when the viewer may not see the student any longer. */
  async heard(context: RequestContext, event: DomainEvent | null): Promise<RiskScore | null> {
    if (this.access.scopeOf(context).kind === 'none') throw forbidden('You guide no students any longer');
    if (event?.type !== studentAtRisk.type) return null;
    const { studentId, courseId } = studentAtRisk.parse(event);
    const enrollments = await context.loader(enrollmentsOfStudent).load(studentId);
    const enrollment = enrollments.find((one) => one.courseId === courseId);
    return enrollment ? this.risks.ofEnrollment(context, enrollment) : null;
  }
}

/** Whoever guides no cohort yet hears the cursor only. */
async function cohortKeys({ em }: RequestContext, curatorId: string): Promise<string[]> {
  const cohorts = await em.find(Cohort, { curatorId }, { fields: ['id'] });
  return cohorts.length > 0 ? cohorts.map(({ id }) => `cohort:${id}`) : [`user:${curatorId}`];
}
