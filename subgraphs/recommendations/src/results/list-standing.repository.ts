import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** Whether a tutor of a list may still be shown there. */
export interface Standing {
  tutorId: string;
  /** Has the profile changed since the list was made, or does another model compare texts now? */
  hasChanged: boolean;
}

/** Changes are told a little after they happened: a list may have been made in between. */
const TOLD_WITHIN_SECONDS = 30;

/**
 * Of the tutors of a list, those who may still be shown: who is there, not hidden, and neither declined by the order's student
 * nor withdrawn from it. One statement by primary keys.
 */
export async function findStandings(
  em: EntityManager,
  tutorIds: readonly string[],
  { orderId, since, embeddingModel }: { orderId: string | null; since: Date; embeddingModel: string | null },
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select t.id as "tutorId",
      t.changed_at > ${since}::timestamptz - make_interval(secs => ${TOLD_WITHIN_SECONDS}) or exists (
        select from recommendations.embedding_models m where m.state = 'ACTIVE' and m.id <> ${embeddingModel}::text
      ) as "hasChanged"
    from recommendations.tutors t
    where t.id = any (${[...tutorIds]}::uuid[]) and not t.hidden and t.id <> all (array(
      select gone.tutor_id from recommendations.applications gone
      where gone.order_id = ${orderId}::uuid and gone.status in ('DECLINED', 'WITHDRAWN')))
  `.execute(em.getKysely());
  return rows;
}
