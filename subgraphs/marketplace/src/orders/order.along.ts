import { jsonRow, readJsonRow } from '@tutorgraph/kit/database/json-row';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { ColumnAlong, ReadAlong } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { APPLICATION_COUNT, applicationCounts } from '../applications/application.loaders.js';
import { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Order } from './order.entity.js';

/** What an operation selects of a page of orders beside their own columns. */
export interface OrderSelection {
  total: boolean;
  applicationCount: boolean;
  subject: boolean;
  /** Long texts that are not selected. */
  without: readonly LongText[];
}

/** Texts of an order that only fields of their own show. */
export const LONG_TEXTS = ['description', 'goal', 'preferredTimes'] as const;

const SUBJECT_ID = sql`t.subject_id`;

type LongText = (typeof LONG_TEXTS)[number];

/** What a page of orders reads along for the fields that are selected: their loaders then have it. */
export function ordersAlong(
  context: RequestContext,
  { total, applicationCount, subject, without }: OrderSelection,
): ReadAlong<Order> {
  const columns: ColumnAlong<Order>[] = [];
  if (applicationCount) {
    const counts = context.loader(applicationCounts);
    columns.push({
      value: APPLICATION_COUNT,
      take: ({ id }, count) => counts.keep(id, Number(count)),
    });
  }
  if (subject) {
    const subjects = context.loader(subjectsById);
    const taken = new Set<string>();
    columns.push({
      value: jsonRow(context.em, Subject, SUBJECT_ID),
      take: ({ subjectId }, row) => {
        if (taken.has(subjectId)) return;
        taken.add(subjectId);
        subjects.keep(subjectId, readJsonRow(context.em, Subject, row));
      },
    });
  }
  return { total, columns, without };
}
