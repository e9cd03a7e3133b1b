import type { LearningCore, LearningPart } from '../core.js';
import { Accounts } from '../people/accounts.js';
import { LearnResolver } from '../progress/learn.resolver.js';
import { LearnService } from '../progress/learn.service.js';
import {
  LessonProgressResolver,
  ModuleProgressResolver,
  StudentProgressResolver,
} from '../progress/progress.resolver.js';
import { ProgressService } from '../progress/progress.service.js';
import { ProgressLiveResolver } from '../progress-live/progress-live.resolver.js';
import { ProgressLiveService } from '../progress-live/progress-live.service.js';
import { StudentAccess } from '../students/student-access.js';
import { EnrollingResolver } from './enrolling.resolver.js';
import { EnrollmentResolver } from './enrollment.resolver.js';
import { EnrollmentService } from './enrollment.service.js';
import { EnrollmentDesk } from './enrollment-desk.service.js';
import { StudentPlacesResolver } from './student-places.resolver.js';
import { StudentPlacesService } from './student-places.service.js';

/** Wires enrolments, and how far students have come in them. */
export function createEnrollments({ tools }: LearningCore): LearningPart {
  const access = new StudentAccess();
  const progress = new ProgressService(access);
  return {
    resolvers: [
      new EnrollmentResolver(access, progress),
      new EnrollingResolver(new EnrollmentService(), new EnrollmentDesk(new Accounts(tools.graph))),
      new StudentProgressResolver(progress),
      new ModuleProgressResolver(),
      new LessonProgressResolver(),
      new LearnResolver(new LearnService(access)),
      new StudentPlacesResolver(new StudentPlacesService()),
      new ProgressLiveResolver(new ProgressLiveService(tools.live, access)),
    ],
  };
}
