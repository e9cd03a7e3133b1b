import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { EmailAddress } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { StudentType } from '../students/student.types.js';
import { type InvitationLanguage, invitationLanguages } from './invitation.rules.js';

const InvitationLanguageEnum = enumOf(invitationLanguages);
registerEnumType(InvitationLanguageEnum, {
  name: 'InvitationLanguage',
  description: 'In which language somebody is invited.',
  valuesConfig: { en: { description: 'English.' }, ru: { description: 'Russian.' } },
});

const COURSE = 'A course in which they are enrolled at once, whatever its policy is.';
const COHORT = 'A cohort of that course.';

@InputType({ description: 'Whom to invite: either a student who has no account yet, or an address.' })
export class InviteStudentInput {
  @Field(() => ID, { nullable: true, description: 'A student with an address who has no account yet.' })
  declare studentId?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'An address; whoever is known by it is that student.' })
  declare email?: string | null;

  @Field(() => String, { nullable: true, description: 'What the school calls somebody new, 1 to 200 characters.' })
  declare name?: string | null;

  @Field(() => InvitationLanguageEnum, { description: 'In which language the mail is written.' })
  declare language: InvitationLanguage;

  @Field(() => ID, { nullable: true, description: COURSE })
  declare courseId?: string | null;

  @Field(() => ID, { nullable: true, description: COHORT })
  declare cohortId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of an invitation.' })
export class InviteStudentPayload {
  @Field(() => StudentType, { nullable: true, description: 'Who is invited; null when it was refused.' })
  declare student?: StudentType | null;

  @Field(() => [LearningError], {
    description:
      'Why it was refused: NOT_FOUND, ALREADY_CLAIMED, NO_ADDRESS, ENROLLMENT_CLOSED, COHORT_FULL; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@InputType({ description: 'The code of an invitation.' })
export class ClaimStudentInput {
  @Field(() => String, { description: 'The code, as it is in the mail’s link.' })
  declare code: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of taking a place.' })
export class ClaimStudentPayload {
  @Field(() => StudentType, {
    nullable: true,
    description: 'You as a student, with what waited for you; null when refused.',
  })
  declare student?: StudentType | null;

  @Field(() => [LearningError], {
    description: 'Why it was refused: CODE_INVALID, ALREADY_CLAIMED; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@InputType({ description: 'One student who comes from another system; an address or an id of that system is needed.' })
export class ImportedStudentInput {
  @Field(() => EmailAddress, {
    nullable: true,
    description: 'By which they find their place when they have an account.',
  })
  declare email?: string | null;

  @Field(() => String, { nullable: true, description: 'Who they are in that system, 1 to 200 characters.' })
  declare externalId?: string | null;

  @Field(() => String, { nullable: true, description: 'What the school calls them, 1 to 200 characters.' })
  declare name?: string | null;

  @Field(() => ID, { nullable: true, description: COURSE })
  declare courseId?: string | null;

  @Field(() => ID, { nullable: true, description: COHORT })
  declare cohortId?: string | null;
}

@InputType({ description: 'Students who come from another system: all rows are taken, or none.' })
export class ImportStudentsInput {
  @Field(() => [ImportedStudentInput], { description: 'At most 1,000 rows. The same rows again change nothing.' })
  declare rows: ImportedStudentInput[];

  @Field(() => Boolean, { nullable: true, description: 'With true nothing is written: the answer says what would be.' })
  declare dryRun?: boolean | null;
}

@ObjectType('ImportedStudent', { simpleResolvers: true, description: 'What became of one row of an import.' })
export class ImportedStudentType {
  @Field(() => Int, { description: 'Its place among the rows, from 0.' })
  declare row: number;

  @Field(() => Boolean, { description: 'Was a student added for it?' })
  declare isNew: boolean;

  @Field(() => StudentType, { nullable: true, description: 'The student; null where a dry run would add one.' })
  declare student: StudentType | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of an import.' })
export class ImportStudentsPayload {
  @Field(() => [ImportedStudentType], { nullable: true, description: 'What became of each row; null when refused.' })
  declare students?: ImportedStudentType[] | null;

  @Field(() => Int, { nullable: true, description: 'How many students were added; null when refused.' })
  declare addedCount?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many were enrolled in a course; null when refused.' })
  declare enrolledCount?: number | null;

  @Field(() => [LearningError], {
    description:
      'Every row at fault, with its place in `field`: INVALID_INPUT, DUPLICATE_ROW, ROWS_CONTRADICT, NOT_FOUND, ENROLLMENT_CLOSED; or COHORT_FULL. Empty when it was taken.',
  })
  declare userErrors: LearningError[];
}

@InputType({ description: 'What the school writes about a student; what is left out stays as it is, null clears.' })
export class UpdateStudentInput {
  @Field(() => ID, { description: 'Which student.' })
  declare studentId: string;

  @Field(() => String, { nullable: true, description: 'What the school calls them, 1 to 200 characters.' })
  declare name?: string | null;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'By which they are found; only of who has no account yet.',
  })
  declare email?: string | null;

  @Field(() => String, { nullable: true, description: 'Who they are in the school’s former system.' })
  declare externalId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of a change to a student.' })
export class UpdateStudentPayload {
  @Field(() => StudentType, { nullable: true, description: 'The student; null when the change was refused.' })
  declare student?: StudentType | null;

  @Field(() => [LearningError], {
    description:
      'Why it was refused: NOT_FOUND, ALREADY_CLAIMED, EMAIL_TAKEN, EXTERNAL_ID_TAKEN; empty when it was not.',
  })
  declare userErrors: LearningError[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a mail says to somebody who is invited. For our services only.',
})
export class StudentInvitationMessage {
  @Field(() => ID, { description: 'Identity of the invitation.' })
  declare id: string;

  @Field(() => EmailAddress, { description: 'Where to.' })
  declare email: string;

  @Field(() => String, { nullable: true, description: 'What the school calls them; null when it does not know.' })
  declare name: string | null;

  @Field(() => InvitationLanguageEnum, { description: 'In which language.' })
  declare language: InvitationLanguage;

  @Field(() => String, { description: 'The code. It is a secret: it goes into the message and nowhere else.' })
  declare code: string;

  @Field(() => String, { nullable: true, description: 'The course that waits for them; null for none.' })
  declare courseTitle: string | null;
}
