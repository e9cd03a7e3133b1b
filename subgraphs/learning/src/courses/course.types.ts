import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type CertificateRule,
  type CourseLanguage,
  type CourseState,
  type CourseVersionStatus,
  certificateRules,
  courseLanguages,
  courseOrders,
  courseStates,
  courseVersionStatuses,
  type EnrollmentPolicy,
  enrollmentPolicies,
} from './course.rules.js';

/** @see enrollmentPolicies */
export const EnrollmentPolicyEnum = enumOf(enrollmentPolicies);
registerEnumType(EnrollmentPolicyEnum, {
  name: 'EnrollmentPolicy',
  description: 'Who may enrol in a course by themselves.',
  valuesConfig: {
    OPEN: { description: 'Anybody who is signed in, for nothing.' },
    PAID: { description: 'Whoever has paid its price.' },
    CLOSED: { description: 'Nobody: staff enrols.' },
  },
});

/** @see certificateRules */
export const CertificateRuleEnum = enumOf(certificateRules);
registerEnumType(CertificateRuleEnum, {
  name: 'CertificateRule',
  description: 'What earns a certificate of a course.',
  valuesConfig: {
    NONE: { description: 'Nothing: there is none.' },
    COMPLETION: { description: 'Completing the course.' },
    COMPLETION_AND_SCORE: { description: 'Completing it with at least `certificateScore` percent on average.' },
  },
});

/** @see courseLanguages */
export const CourseLanguageEnum = enumOf(courseLanguages);
registerEnumType(CourseLanguageEnum, {
  name: 'CourseLanguage',
  description: 'The language in which a course is taught.',
  valuesConfig: { en: { description: 'English.' }, ru: { description: 'Russian.' } },
});

const CourseVersionStatusEnum = enumOf(courseVersionStatuses);
registerEnumType(CourseVersionStatusEnum, {
  name: 'CourseVersionStatus',
  description: 'Where a version of a course stands.',
  valuesConfig: {
    DRAFT: { description: 'Authors work on it; nobody learns it yet.' },
    PUBLISHED: { description: 'Whoever enrols learns it. Nothing in it changes any more.' },
    RETIRED: { description: 'A newer one was published; who began this one goes on with it.' },
  },
});

const CourseStateEnum = enumOf(courseStates);
registerEnumType(CourseStateEnum, {
  name: 'CourseState',
  description: 'Where a course stands.',
  valuesConfig: {
    PUBLISHED: { description: 'It is in the catalogue.' },
    UNPUBLISHED: { description: 'No version of it was published yet; only authors see it.' },
    ARCHIVED: { description: 'Nobody enrols any more; of those who do not learn it only authors see it.' },
  },
});

/** @see courseOrders */
export const CourseOrderEnum = enumOf(courseOrders);
registerEnumType(CourseOrderEnum, {
  name: 'CourseOrder',
  description: 'The order of a list of courses.',
  valuesConfig: {
    NEWEST: { description: 'The newest first.' },
    TITLE: { description: 'By title.' },
    SHORTEST: { description: 'Those planned for the fewest days first.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Course', { simpleResolvers: true, description: 'Something that the school teaches.' })
export class CourseType {
  @Field(() => ID, { description: 'Identity of the course.' })
  declare id: string;

  @Field(() => String, { description: 'Its name in addresses: lower-case words with hyphens.' })
  declare slug: string;

  @Field(() => String, { description: 'Its title.' })
  declare title: string;

  @Field(() => String, { description: 'What it is about and for whom, in Markdown: show it without HTML.' })
  declare description: string;

  @Field(() => CourseLanguageEnum, { description: 'The language in which it is taught.' })
  declare language: CourseLanguage;

  @Field(() => EnrollmentPolicyEnum, { description: 'Who may enrol by themselves.' })
  declare enrollmentPolicy: EnrollmentPolicy;

  @Field(() => Int, { description: 'For how many days it is planned.' })
  declare lengthDays: number;

  @Field(() => CertificateRuleEnum, { description: 'What earns a certificate.' })
  declare certificateRule: CertificateRule;

  @Field(() => Int, { description: 'With COMPLETION_AND_SCORE: the least mean score, in percent.' })
  declare certificateScore: number;

  @Field(() => DateTime, { nullable: true, description: 'Since when nobody enrols any more; null while they may.' })
  declare archivedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When what holds for all its versions last changed.' })
  declare updatedAt: Date;
}

export const CourseConnection = connectionOf(CourseType, 'Course');

@Directive('@key(fields: "id")')
@ObjectType('CourseVersion', {
  simpleResolvers: true,
  description: 'What a course consists of. Once it is published nothing in it changes: who has begun it keeps it.',
})
export class CourseVersionType {
  @Field(() => ID, { description: 'Identity of the version.' })
  declare id: string;

  @Field(() => Int, { description: 'Its number within the course: 1, 2, …' })
  declare number: number;

  @Field(() => CourseVersionStatusEnum, { description: 'Where it stands.' })
  declare status: CourseVersionStatus;

  @Field(() => DateTime, { nullable: true, description: 'When it was published; null of a draft.' })
  declare publishedAt: Date | null;

  @Field(() => DateTime, { description: 'When it was begun.' })
  declare createdAt: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  declare updatedAt: Date;
}

@Directive('@key(fields: "id")')
@ObjectType('CourseModule', { simpleResolvers: true, description: 'Lessons of a course that belong together.' })
export class CourseModuleType {
  @Field(() => ID, { description: 'Identity of the module in this version of the course.' })
  declare id: string;

  @Field(() => ID, { description: 'The same in every version of the course.' })
  declare lineageId: string;

  @Field(() => Int, { description: 'Its place in the version: 1, 2, …' })
  declare position: number;

  @Field(() => String, { description: 'Its title.' })
  declare title: string;

  @Field(() => String, { nullable: true, description: 'What it is about; null when nothing is said.' })
  declare description: string | null;
}

@InputType({ description: 'Which courses; conditions add up.' })
export class CourseFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'All these words, from their beginnings, in title or description; for authors in the lessons, too. At most 200 characters.',
  })
  declare text?: string | null;

  @Field(() => CourseLanguageEnum, { nullable: true, description: 'Only courses that are taught in this language.' })
  declare language?: CourseLanguage | null;

  @Field(() => EnrollmentPolicyEnum, { nullable: true, description: 'Only courses with this way in.' })
  declare enrollmentPolicy?: EnrollmentPolicy | null;

  @Field(() => CourseStateEnum, {
    nullable: true,
    description:
      'Only courses that stand so. Others than PUBLISHED are for authors, who get all but archived ones without it.',
  })
  declare state?: CourseState | null;
}
