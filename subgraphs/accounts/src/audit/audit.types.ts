import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { auditActions, describeAction } from './audit.rules.js';

export const AuditAction = enumOf(auditActions);
registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What the audit log records.',
  valuesConfig: Object.fromEntries(auditActions.map((action) => [action, { description: describeAction(action) }])),
});

@ObjectType({ simpleResolvers: true, description: 'One detail of what was done; ids and names only.' })
export class AuditDetail {
  @Field(() => String, { description: 'What it is, such as `from`.' })
  declare key: string;

  @Field(() => String, { description: 'Its value; a list is written as JSON.' })
  declare value: string;
}

@ObjectType('AuditEntry', { simpleResolvers: true, description: 'One line of the audit log, which nobody can change.' })
export class AuditEntryType {
  @Field(() => ID, { description: 'Identity of the line.' })
  declare id: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare at: Date;

  @Field(() => AuditAction, { description: 'What was done.' })
  declare action: keyof typeof AuditAction;

  @Field(() => String, {
    nullable: true,
    description:
      'The network address as a hash under a key of the person: the same for the same person and address; once they are erased it tells nothing.',
  })
  declare networkHash: string | null;

  @Field(() => String, { description: 'The request that did it, as in the logs.' })
  declare requestId: string;

  @Field(() => [AuditDetail], { description: 'More about it.' })
  declare details: AuditDetail[];

  declare actorId: string | null;
  declare subjectId: string | null;
}

export const AuditEntryConnection = connectionOf(AuditEntryType, 'AuditEntry');

@InputType({ description: 'Which lines of the audit log; conditions add up.' })
export class AuditLogFilter {
  @Field(() => ID, { nullable: true, description: 'Only what this person did.' })
  declare actorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what was done on this person.' })
  declare subjectId?: string | null;

  @Field(() => AuditAction, { nullable: true, description: 'Only this action.' })
  declare action?: keyof typeof AuditAction | null;

  @Field(() => DateTime, { nullable: true, description: 'Only from this moment on.' })
  declare from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only before this moment.' })
  declare to?: Date | null;
}
