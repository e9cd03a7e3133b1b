import { LockMode } from '@mikro-orm/core';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { z } from 'zod';
import type { RecommendationErrorCode } from '../errors.js';
import { findAlerts } from './alert.repository.js';
import { ModelAlert } from './health.entity.js';

const acknowledging = z.object({ alertId: z.uuid() });

/** Alerts about models, for staff. */
export class AlertService {
  /** A page of alerts, the newest first. */
  alerts(context: RequestContext, open: boolean | null, page: PageRequest): Promise<Connection<ModelAlert>> {
    return findAlerts(context.em, open, page);
  }

  /** Notes that the viewer has seen an alert; the first who does stays. @throws Refusal INVALID_INPUT, NOT_FOUND */
  acknowledge(context: RequestContext, input: unknown): Promise<{ alert: ModelAlert }> {
    const { alertId } = accept(acknowledging, input, context.locale);
    return transaction(context.em, async (tx) => {
      const alert = await tx.findOne(ModelAlert, { id: alertId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!alert) throw new Refusal<RecommendationErrorCode>('NOT_FOUND', ['input', 'alertId']);
      if (!alert.acknowledgedAt) {
        Object.assign(alert, { acknowledgedAt: new Date(), acknowledgedBy: context.user.userId });
        recordStaffAction(tx, context, {
          action: 'recommendations.model-alert.acknowledge',
          resource: 'ModelAlert',
          resourceId: alertId,
        });
      }
      return { alert };
    });
  }
}
