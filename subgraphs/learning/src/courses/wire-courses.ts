import type { LearningCore, LearningPart } from '../core.js';
import { LessonResolver } from '../lessons/lesson.resolver.js';
import { LessonService } from '../lessons/lesson.service.js';
import { LessonAuthoringResolver } from '../lessons/lesson-authoring.resolver.js';
import { LessonAuthoringService } from '../lessons/lesson-authoring.service.js';
import { PrerequisiteService } from '../lessons/prerequisite.service.js';
import { CourseResolver } from './course.resolver.js';
import { CourseService } from './course.service.js';
import { CourseAuthoringResolver } from './course-authoring.resolver.js';
import { CourseAuthoringService } from './course-authoring.service.js';
import { CourseModuleResolver, CourseVersionResolver } from './course-outline.resolver.js';
import { ModuleAuthoringService } from './module-authoring.service.js';
import { PublishingService } from './publishing.service.js';
import { VersionMoveResolver } from './version-move.resolver.js';
import { VersionMoveService } from './version-move.service.js';

/** Wires courses: what is in them and who writes them. */
export function createCourses(_core: LearningCore): LearningPart {
  const courses = new CourseService();
  const lessons = new LessonService();
  return {
    resolvers: [
      new CourseResolver(courses),
      new CourseVersionResolver(courses),
      new CourseModuleResolver(lessons),
      new LessonResolver(lessons),
      new CourseAuthoringResolver(new CourseAuthoringService(), new PublishingService(), new ModuleAuthoringService()),
      new VersionMoveResolver(new VersionMoveService()),
      new LessonAuthoringResolver(new LessonAuthoringService(), new PrerequisiteService()),
    ],
  };
}
