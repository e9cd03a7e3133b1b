import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { moderationAppealed, moderationDecided } from '../events.js';
import { aboutCase, isWaiting, moveCase, recordDecision } from './case-file.js';
import { findCase, findCasesOf, findQueue, lockCase, type QueueFilter } from './moderation.repository.js';
import { caseAppeal, caseDecision, mayDecideAppeal, outcomeOf } from './moderation.rules.js';
import type { ModerationErrorCode } from './moderation.types.js';
import type { ModerationCase } from './moderation-case.entity.js';
import { lockTarget } from './targets.js';

/** What staff decides on what people write, and what they say against it. */
export class ModerationService {
  /** A page of what waits for staff, the oldest first. */
  queue(
    context: RequestContext,
    filter: QueueFilter | null | undefined,
    page: PageRequest,
  ): Promise<Connection<ModerationCase>> {
    return findQueue(context.em, filter ?? {}, page);
  }

  /** A page of the cases about what the viewer wrote, the newest first. */
  own(context: RequestContext, page: PageRequest): Promise<Connection<ModerationCase>> {
    return findCasesOf(context.em, context.user.userId, page);
  }

  /** A case, for its author and those who moderate. */
  async find(context: RequestContext, id: string): Promise<ModerationCase | null> {
    const found = await findCase(context.em, id);
    return found && (context.isService || maySeeCase(context, found)) ? found : null;
  }

  /** @throws Refusal NOT_FOUND, CASE_CLOSED, OWN_CONTENT, DECIDED_BY_YOU */
  async decide(context: RequestContext, input: unknown): Promise<ModerationCase> {
    const { caseId, decision, reason } = accept(caseDecision, input, context.locale);
    const { userId } = context.user;
    const outcome = outcomeOf[decision];
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const found = await findCase(tx, caseId);
      if (!found) throw new Refusal<ModerationErrorCode>('NOT_FOUND', ['input', 'caseId']);
      // What it is about first, as everything does that changes it.
      const target = await lockTarget(tx, found.kind, found.targetId);
      const decided = await lockCase(tx, found.id);
      if (decided.authorId === userId) throw new Refusal<ModerationErrorCode>('OWN_CONTENT');
      if (!target?.isCurrent(decided) || !isWaiting(decided)) throw new Refusal<ModerationErrorCode>('CASE_CLOSED');
      if (decided.status === 'APPEALED' && !mayDecideAppeal(decided, userId, now)) {
        throw new Refusal<ModerationErrorCode>('DECIDED_BY_YOU');
      }
      const fields = Object.keys(decided.texts);
      await target.move(outcome, fields, now);
      if (outcome === 'PUBLISHED') target.accept(fields, now);
      moveCase(decided, 'DECIDED', now);
      Object.assign(decided, { outcome, reason: reason ?? null, decidedBy: userId, decidedAt: now });
      const judgement = { judge: 'STAFF', model: null, findings: [], outcome, decidedBy: userId } as const;
      recordDecision(tx, target.content, decided.id, judgement, now);
      const { subject, data } = aboutCase(decided);
      recordEvent(tx, moderationDecided.create({ subject, data: { ...data, outcome } }));
      recordStaffAction(tx, context, {
        action: decision === 'PUBLISH' ? 'marketplace.moderation.publish' : 'marketplace.moderation.reject',
        resource: 'ModerationCase',
        resourceId: decided.id,
        userId: decided.authorId,
      });
      return decided;
    });
  }

  /** @throws Refusal NOT_FOUND, NOT_APPEALABLE, ALREADY_APPEALED */
  async appeal(context: RequestContext, input: unknown): Promise<ModerationCase> {
    const { caseId, statement } = accept(caseAppeal, input, context.locale);
    const now = new Date();
    return transaction(context.em, async (tx) => {
      const found = await findCase(tx, caseId);
      if (!found || !context.isUser(found.authorId))
        throw new Refusal<ModerationErrorCode>('NOT_FOUND', ['input', 'caseId']);
      const target = await lockTarget(tx, found.kind, found.targetId);
      const appealed = await lockCase(tx, found.id);
      if (appealed.appealedAt) throw new Refusal<ModerationErrorCode>('ALREADY_APPEALED');
      if (!target?.isCurrent(appealed) || appealed.outcome !== 'REJECTED' || !moveCase(appealed, 'APPEALED', now)) {
        throw new Refusal<ModerationErrorCode>('NOT_APPEALABLE');
      }
      Object.assign(appealed, { appealStatement: statement, appealedAt: now });
      recordEvent(tx, moderationAppealed.create(aboutCase(appealed)));
      return appealed;
    });
  }
}

/** Cases are for the author and for those who moderate. */
export function maySeeCase(context: RequestContext, { authorId }: ModerationCase): boolean {
  return context.isUser(authorId) || context.can('marketplace.moderation.manage');
}
