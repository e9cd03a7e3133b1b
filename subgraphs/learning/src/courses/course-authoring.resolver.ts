import { Requires } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import { AUTHORS } from './course.access.js';
import {
  AddModuleInput,
  ArchiveCourseInput,
  CourseModulePayload,
  CoursePayload,
  CourseVersionPayload,
  CreateCourseInput,
  DraftCourseInput,
  MoveModuleInput,
  PublishCourseInput,
  RemoveModuleInput,
  RestoreCourseInput,
  UpdateCourseInput,
  UpdateModuleInput,
} from './course.payloads.js';
import type { CourseAuthoringService } from './course-authoring.service.js';
import type { ModuleAuthoringService } from './module-authoring.service.js';
import type { PublishingService } from './publishing.service.js';

/** What authors do with courses and their modules. All of it is audited. */
@Resolver()
export class CourseAuthoringResolver {
  constructor(
    private readonly courses: CourseAuthoringService,
    private readonly versions: PublishingService,
    private readonly modules: ModuleAuthoringService,
  ) {}

  @Requires(AUTHORS)
  @Mutation(() => CoursePayload, {
    nullable: true,
    description: 'Makes a course with an empty draft; nobody but authors sees it until it is published.',
  })
  createCourse(
    @Arg('input', () => CreateCourseInput, { description: 'What it is.' }) input: CreateCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ course: await this.courses.create(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CoursePayload, {
    nullable: true,
    description: 'Changes what holds for all versions of a course: at once, also for those who learn it.',
  })
  updateCourse(
    @Arg('input', () => UpdateCourseInput, { description: 'What is to change.' }) input: UpdateCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ course: await this.courses.update(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CoursePayload, {
    nullable: true,
    description: 'Puts a course into the archive: nobody enrols any more, who learns it goes on. Twice is no failure.',
  })
  archiveCourse(
    @Arg('input', () => ArchiveCourseInput, { description: 'Which course.' }) input: ArchiveCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ course: await this.courses.archive(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CoursePayload, {
    nullable: true,
    description: 'Takes a course out of the archive. Twice is no failure.',
  })
  restoreCourse(
    @Arg('input', () => RestoreCourseInput, { description: 'Which course.' }) input: RestoreCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ course: await this.courses.restore(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseVersionPayload, {
    nullable: true,
    description:
      'Makes a draft out of what is published: modules, lessons, what they wait for, tests and homework. A draft that is there already is given as it is.',
  })
  draftCourse(
    @Arg('input', () => DraftCourseInput, { description: 'Of which course.' }) input: DraftCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ version: await this.versions.draft(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseVersionPayload, {
    nullable: true,
    description:
      'Publishes the draft: who enrols from now on learns it, who has begun a former version goes on with that. What is missing is in `userErrors`, all of it at once.',
  })
  publishCourse(
    @Arg('input', () => PublishCourseInput, { description: 'Which course.' }) input: PublishCourseInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ version: await this.versions.publish(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseModulePayload, {
    nullable: true,
    description: 'Adds a module to a draft.',
  })
  addModule(
    @Arg('input', () => AddModuleInput, { description: 'What it is, and where.' }) input: AddModuleInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ module: await this.modules.add(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseModulePayload, {
    nullable: true,
    description: 'Changes a module of a draft.',
  })
  updateModule(
    @Arg('input', () => UpdateModuleInput, { description: 'What is to change.' }) input: UpdateModuleInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ module: await this.modules.update(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseModulePayload, {
    nullable: true,
    description: 'Moves a module of a draft to another place; those between step aside.',
  })
  moveModule(
    @Arg('input', () => MoveModuleInput, { description: 'Where to.' }) input: MoveModuleInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ module: await this.modules.move(context, input) }));
  }

  @Requires(AUTHORS)
  @Mutation(() => CourseVersionPayload, {
    nullable: true,
    description: 'Takes a module out of a draft, with its lessons; gives the draft.',
  })
  removeModule(
    @Arg('input', () => RemoveModuleInput, { description: 'Which module.' }) input: RemoveModuleInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ version: await this.modules.remove(context, input) }));
  }
}
