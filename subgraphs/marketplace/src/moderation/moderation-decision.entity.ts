import { defineEntity, p } from '@mikro-orm/core';
import type { Finding } from './finding.js';
import {
  type ContentKind,
  type ContentState,
  contentKinds,
  contentStates,
  type Judge,
  judges,
} from './moderation.states.js';

const ModerationDecisionSchema = defineEntity({
  name: 'ModerationDecision',
  tableName: 'moderation_decisions',
  indexes: [
    { name: 'moderation_decisions_of_case', properties: ['caseId', 'createdAt', 'id'] },
    { name: 'moderation_decisions_of_target', properties: ['targetId', 'createdAt', 'id'] },
    {
      name: 'moderation_decisions_model_once',
      expression: `create unique index moderation_decisions_model_once on marketplace.moderation_decisions (target_id, target_version) where judge = 'MODEL'`,
    },
  ],
  triggers: [
    {
      name: 'moderation_decisions_append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'row',
      body: `raise exception 'Moderation decisions are append-only' using errcode = 'insufficient_privilege';`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The case that it opened or decided; null when nobody needs to look. */
    caseId: p.uuid().nullable(),
    kind: p.enum(contentKinds).$type<ContentKind>(),
    targetId: p.uuid(),
    targetVersion: p.integer(),
    judge: p.enum(judges).$type<Judge>(),
    /** The version of the rules or the model that judged; null for a person. */
    model: p.text().nullable(),
    /** True when the model could not be asked, so that what the local rules say stands. */
    degraded: p.boolean().default(false),
    outcome: p.enum(contentStates).$type<ContentState>(),
    /** What was found, how sure, and in which field. */
    findings: p.json<readonly Finding[]>(),
    /** The member of staff. */
    decidedBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** One judgement of one version. The database refuses to change or remove it; it holds no words. */
export class ModerationDecision extends ModerationDecisionSchema.class {}
ModerationDecisionSchema.setClass(ModerationDecision);
