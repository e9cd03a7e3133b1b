import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type ApplicationStatus, applicationStatuses } from './application.rules.js';

export const ApplicationStatusEnum = enumOf(applicationStatuses);
registerEnumType(ApplicationStatusEnum, {
  name: 'ApplicationStatus',
  description: 'Where an application stands. Only PENDING can still change.',
  valuesConfig: {
    PENDING: { description: 'The student has not decided.' },
    CHOSEN: { description: 'The student chose it; there is a booking.' },
    DECLINED: { description: 'The student declined it.' },
    WITHDRAWN: { description: 'The tutor took it back.' },
    NOT_CHOSEN: { description: 'The order closed while it was pending.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Application', {
  simpleResolvers: true,
  description: "A tutor's answer to an order; seen by the student who posted it, the tutor and staff.",
})
export class ApplicationType {
  @Field(() => ID, { description: 'Identity of the application.' })
  declare id: string;

  @Field(() => String, { description: 'What the tutor writes to the student.' })
  declare message: string;

  @Field(() => ApplicationStatusEnum, { description: 'Where it stands.' })
  declare status: ApplicationStatus;

  @Field(() => DateTime, { description: 'When the tutor applied.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided; null while it is pending.' })
  declare decidedAt: Date | null;
}

export const ApplicationConnection = connectionOf(ApplicationType, 'Application');

@InputType({ description: 'Which of your applications; all without it.' })
export class MyApplicationsFilter {
  @Field(() => ApplicationStatusEnum, { nullable: true, description: 'Only applications that stand so.' })
  declare status?: ApplicationStatus | null;
}
