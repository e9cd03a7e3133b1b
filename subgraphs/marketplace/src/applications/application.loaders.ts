import { isId } from '@tutorgraph/kit/database/id';
import { fixedSql, readSql } from '@tutorgraph/kit/database/read-sql';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { defineNestedPages } from '@tutorgraph/kit/pagination/nested-pages';
import { sql } from 'kysely';
import { tutorOfViewer } from '../tutors/tutor.repository.js';
import { Application } from './application.entity.js';

/** Applications by id, batched. */
export const applicationsById = defineLoader<string, Application | null>(
  async ({ em }, ids) => {
    const applications = await em.find(Application, { id: { $in: ids.filter(isId) } });
    return new Map(applications.map((application) => [application.id, application]));
  },
  { absent: () => null },
);

/** The viewer's own application to each order, batched. */
export const ownApplications = defineLoader<string, Application | null>(
  async (context, orderIds) => {
    const tutor = await tutorOfViewer(context);
    if (!tutor) return new Map();
    const applications = await context.em.find(Application, { orderId: { $in: [...orderIds] }, tutorId: tutor.id });
    return new Map(applications.map((application) => [application.orderId, application]));
  },
  { absent: () => null },
);

/** The chosen application of each order, batched; whoever asks checks who may see it. */
export const chosenApplications = defineLoader<string, Application | null>(
  async ({ em }, orderIds) => {
    const applications = await em.find(Application, { orderId: { $in: [...orderIds] }, status: 'CHOSEN' });
    return new Map(applications.map((application) => [application.orderId, application]));
  },
  { absent: () => null },
);

/** Is an application, aliased `a`, one that counts? */
const COUNTS = sql`a.status <> 'WITHDRAWN'`;

/** How many tutors have applied to an order, aliased `t`, and not withdrawn: for a statement that reads orders. */
export const APPLICATION_COUNT = fixedSql(
  sql`(select count(*)::int from marketplace.applications a where a.order_id = t.id and ${COUNTS})`,
);

/** How many tutors have applied to each order and not withdrawn, batched. */
export const applicationCounts = defineLoader<string, number>(
  async ({ em }, orderIds) => {
    const rows = await readSql(
      em,
      sql`select a.order_id, count(*)::int as count from marketplace.applications a
           where a.order_id = any (${[...orderIds]}::uuid[]) and ${COUNTS} group by a.order_id`,
      { prepared: true },
    );
    return new Map(rows.map((row) => [row['order_id'], Number(row['count'])]));
  },
  { absent: () => 0 },
);

/** The applications to each order that the viewer may see, the newest first: of their own orders, their own, or all. */
export const applicationPages = defineNestedPages<Application>((context) => {
  const viewer = context.viewer.kind === 'user' ? context.viewer.userId : null;
  const visible = context.can('marketplace.orders.read-any')
    ? sql`true`
    : sql`(t.tutor_id = (select id from marketplace.tutors where user_id = ${viewer}::uuid)
        or exists (select from marketplace.orders o where o.id = t.order_id and o.student_id = ${viewer}::uuid))`;
  return {
    entity: Application,
    from: sql`from marketplace.applications t where ${visible}`,
    parent: sql`t.order_id`,
    order: [
      { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
      { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
    ],
  };
});
