import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { HomeworkAssignmentType } from '../submissions/homework-assignment.types.js';
import { SubmissionType } from '../submissions/submission.types.js';
import { type HomeworkChange, homeworkChanges } from './homework-live.rules.js';

const HomeworkChangeEnum = enumOf(homeworkChanges);
registerEnumType(HomeworkChangeEnum, {
  name: 'HomeworkChange',
  description: 'What happened to homework.',
  valuesConfig: {
    ASSIGNED: { description: 'It waits for its student.' },
    EXTENDED: { description: 'There is more time for it.' },
    DUE_SOON: { description: 'It is due within a day.' },
    SUBMITTED: { description: 'It was handed in.' },
    CHECKED: { description: 'The program has checked it.' },
    REVIEWED: { description: 'A curator accepted it, or gave it another score.' },
    RETURNED: { description: 'A curator wants it to be done better.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Something happened to homework.' })
export class HomeworkChangedEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => HomeworkChangeEnum, {
    nullable: true,
    description: 'What happened; null when the event only tells the cursor, as the first one does.',
  })
  declare kind: HomeworkChange | null;

  @Field(() => HomeworkAssignmentType, {
    nullable: true,
    description: 'Whose homework, as it is now, which may be newer than the change; null with `kind`.',
  })
  declare assignment: HomeworkAssignmentType | null;

  @Field(() => SubmissionType, {
    nullable: true,
    description: 'With SUBMITTED, CHECKED, REVIEWED and RETURNED: which version.',
  })
  declare submission: SubmissionType | null;
}
