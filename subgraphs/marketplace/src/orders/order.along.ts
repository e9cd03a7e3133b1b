import { jsonRow, readJsonRow } from '@tutorgraph/kit/database/json-row';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { ColumnAlong, ReadAlong } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { applicationCountOf, applicationCounts } from '../applications/application.loaders.js';
import { Subject } from '../subjects/subject.entity.js';
import { subjectsById } from '../subjects/subject.repository.js';
import type { Order } from './order.entity.js';

/** What an operation selects of a page of orders beside their own columns. */
export interface OrderSelection {
  total: boolean;
  applicationCount: boolean;
  subject: boolean;
}

/** What a page of orders reads along for the fields that are selected: their loaders then have it. */
export function ordersAlong(
  context: RequestContext,
  { total, applicationCount, subject }: OrderSelection,
): ReadAlong<Order> {
  const columns: ColumnAlong<Order>[] = [];
  if (applicationCount) {
    const counts = context.loader(applicationCounts);
    columns.push({
      value: applicationCountOf(sql`t.id`),
      take: ({ id }, count) => counts.keep(id, Number(count)),
    });
  }
  if (subject) {
    const subjects = context.loader(subjectsById);
    const taken = new Set<string>();
    columns.push({
      value: jsonRow(context.em, Subject, sql`t.subject_id`),
      take: ({ subjectId }, row) => {
        if (taken.has(subjectId)) return;
        taken.add(subjectId);
        subjects.keep(subjectId, readJsonRow(context.em, Subject, row));
      },
    });
  }
  return { total, columns };
}
