import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('Subject', { simpleResolvers: true, description: 'Something that can be taught.' })
export class SubjectType {
  @Field(() => ID, { description: 'Identity of the subject.' })
  declare id: string;

  @Field(() => String, { description: 'Name for addresses of pages, such as "mathematics".' })
  declare slug: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it is not offered any longer; null while it is.',
  })
  declare archivedAt: Date | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'What a subject is called in one language; for our services only.' })
export class SubjectName {
  @Field(() => String, { description: 'Code of the language, such as ru.' })
  declare locale: string;

  @Field(() => String, { description: 'The name.' })
  declare name: string;
}

export const SubjectConnection = connectionOf(SubjectType, 'Subject');

@InputType({ description: 'Which subjects to list; conditions add up.' })
export class SubjectFilter {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True for archived subjects only, which whoever manages subjects may list; else those that are offered.',
  })
  declare archived?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only subjects whose name, in any language, has words that begin like these; at most 100 characters.',
  })
  declare text?: string | null;
}

/** Every expected failure around subjects. */
export const subjectErrorCodes = ['INVALID_INPUT', 'NOT_FOUND', 'SLUG_TAKEN'] as const;
/** @see subjectErrorCodes */
export type SubjectErrorCode = (typeof subjectErrorCodes)[number];
const SubjectErrorCodes = enumOf(subjectErrorCodes);
registerEnumType(SubjectErrorCodes, {
  name: 'SubjectErrorCode',
  description: 'Expected failures around subjects.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such subject.' },
    SLUG_TAKEN: { description: 'Another subject has this slug.' },
  },
});

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'An expected failure around subjects.' })
export class SubjectError extends UserError {
  @Field(() => SubjectErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: SubjectErrorCode;
}

@InputType({ description: 'A new subject.' })
export class CreateSubjectInput {
  @Field(() => String, { description: 'Lower-case Latin letters, digits and hyphens, at most 60 characters.' })
  declare slug: string;

  @Field(() => String, { description: 'Name in English, 1 to 100 characters.' })
  declare nameEn: string;

  @Field(() => String, { description: 'Name in Russian, 1 to 100 characters.' })
  declare nameRu: string;
}

@InputType({ description: 'What to change in a subject; what is left out stays.' })
export class UpdateSubjectInput {
  @Field(() => ID, { description: 'Which subject.' })
  declare subjectId: string;

  @Field(() => String, {
    nullable: true,
    description: 'Lower-case Latin letters, digits and hyphens, at most 60 characters.',
  })
  declare slug?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in English, 1 to 100 characters.' })
  declare nameEn?: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Russian, 1 to 100 characters.' })
  declare nameRu?: string | null;
}

@InputType({ description: 'Which subject not to offer any longer.' })
export class ArchiveSubjectInput {
  @Field(() => ID, { description: 'Which subject.' })
  declare subjectId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The subject that was created.' })
export class CreateSubjectPayload {
  @Field(() => SubjectType, { nullable: true, description: 'The new subject; null when it was refused.' })
  declare subject?: SubjectType | null;

  @Field(() => [SubjectError], { description: 'What has to be corrected: INVALID_INPUT, SLUG_TAKEN.' })
  declare userErrors: SubjectError[];
}

@ObjectType({ simpleResolvers: true, description: 'The subject after the change.' })
export class UpdateSubjectPayload {
  @Field(() => SubjectType, { nullable: true, description: 'The subject; null when the change was refused.' })
  declare subject?: SubjectType | null;

  @Field(() => [SubjectError], { description: 'What has to be corrected: INVALID_INPUT, NOT_FOUND, SLUG_TAKEN.' })
  declare userErrors: SubjectError[];
}

@ObjectType({ simpleResolvers: true, description: 'The subject that is not offered any longer.' })
export class ArchiveSubjectPayload {
  @Field(() => SubjectType, { nullable: true, description: 'The subject; null when there is none.' })
  declare subject?: SubjectType | null;

  @Field(() => [SubjectError], { description: 'What went wrong: INVALID_INPUT, NOT_FOUND.' })
  declare userErrors: SubjectError[];
}
