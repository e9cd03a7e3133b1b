import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type ShownProgress, shownProgress } from './lesson-progress.rules.js';

const ShownProgressEnum = enumOf(shownProgress);
registerEnumType(ShownProgressEnum, {
  name: 'LessonProgressStatus',
  description: 'How far somebody is with a lesson.',
  valuesConfig: {
    NOT_STARTED: { description: 'They have not begun it.' },
    IN_PROGRESS: { description: 'They have begun it.' },
    COMPLETED: { description: 'They have done all that it asks.' },
  },
});

@ObjectType('LessonProgress', { simpleResolvers: true, description: 'How far a student is with one lesson.' })
export class LessonProgressType {
  @Field(() => ShownProgressEnum, { description: 'How far they are.' })
  declare status: ShownProgress;

  @Field(() => DateTime, { nullable: true, description: 'When they began it; null before.' })
  declare startedAt: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When they completed it; null before.' })
  declare completedAt: Date | null;
}

@ObjectType('ModuleProgress', { simpleResolvers: true, description: 'How far a student is with one module.' })
export class ModuleProgressType {
  @Field(() => Int, { description: 'Share of its lessons that must be completed and are, rounded down, 0 to 100.' })
  declare percent: number;

  @Field(() => Int, { description: 'How many lessons of it are completed, those that may be left out included.' })
  declare completedLessons: number;

  @Field(() => Int, { description: 'How many lessons it has.' })
  declare totalLessons: number;

  @Field(() => [LessonProgressType], { description: 'Its lessons, in order.' })
  declare lessons: LessonProgressType[];
}

@ObjectType('StudentProgress', {
  simpleResolvers: true,
  description: 'How far a student has come, in one course or in all.',
})
export class StudentProgressType {
  @Field(() => Int, {
    description:
      'Share of all lessons that must be completed and are, rounded down, 0 to 100; left courses do not count.',
  })
  declare percent: number;

  @Field(() => Int, { description: 'How many lessons that must be completed are.' })
  declare completedLessons: number;

  @Field(() => Int, { description: 'How many lessons must be completed.' })
  declare totalLessons: number;

  @Field(() => Boolean, { description: 'Is a lesson not completed that should be by now?' })
  declare isBehindSchedule: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When they last did something; null when they never did.' })
  declare lastActiveAt: Date | null;
}
