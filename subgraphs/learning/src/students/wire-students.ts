import type { LearningCore, LearningPart } from '../core.js';
import { ProgressService } from '../progress/progress.service.js';
import { StudentConnectionResolver, StudentResolver } from './student.resolver.js';
import { StudentService } from './student.service.js';
import { StudentAccess } from './student-access.js';

/** Wires who learns in the school. */
export function createStudents(_core: LearningCore): LearningPart {
  const access = new StudentAccess();
  return {
    resolvers: [
      new StudentResolver(new StudentService(access), new ProgressService(access)),
      new StudentConnectionResolver(),
    ],
  };
}
