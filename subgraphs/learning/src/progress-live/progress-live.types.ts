import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { EnrollmentType } from '../enrollments/enrollment.types.js';
import { LessonType } from '../lessons/lesson.types.js';
import { type ProgressChange, progressChanges } from './progress-live.rules.js';

const ProgressChangeEnum = enumOf(progressChanges);
registerEnumType(ProgressChangeEnum, {
  name: 'ProgressChange',
  description: 'What happened to somebody’s progress.',
  valuesConfig: {
    ENROLLED: { description: 'They were enrolled in a course.' },
    LESSON_STARTED: { description: 'They have begun a lesson.' },
    LESSON_COMPLETED: { description: 'They have completed a lesson.' },
    COURSE_COMPLETED: { description: 'They have completed a course.' },
    DROPPED: { description: 'They have left a course.' },
    RESUMED: { description: 'They go on with a course that they had left.' },
    MOVED: { description: 'They belong to another cohort, or to none.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Something happened to somebody’s progress.' })
export class ProgressChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => ProgressChangeEnum, {
    nullable: true,
    description: 'What happened; null when the event only tells the cursor, as the first one does.',
  })
  declare kind: ProgressChange | null;

  @Field(() => EnrollmentType, {
    nullable: true,
    description: 'Whose progress in which course, as it is now, which may be newer than the change; null with `kind`.',
  })
  declare enrollment: EnrollmentType | null;

  @Field(() => LessonType, { nullable: true, description: 'With LESSON_STARTED and LESSON_COMPLETED: which lesson.' })
  declare lesson: LessonType | null;
}
