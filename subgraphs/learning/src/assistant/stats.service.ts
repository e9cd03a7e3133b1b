import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { sql } from 'kysely';

/** How the assistant did. */
export interface AssistantFigures {
  questions: number;
  resolvedShare: number | null;
  medianResponseMs: number | null;
  p95ResponseMs: number | null;
  degradedShare: number | null;
  helpful: number;
  notHelpful: number;
  nothingFound: number;
  declined: number;
  handedOver: number;
}

/** Figures of the assistant. */
export class StatsService {
  /** Of the questions of a time that were answered; one statement. */
  async of(context: RequestContext, { from, to }: { from: Date; to: Date }): Promise<AssistantFigures> {
    const { rows } = await sql<AssistantFigures>`
      select count(*)::int as "questions",
        avg(coalesce(t.resolved, t.outcome = 'ANSWERED')::int)::float8 as "resolvedShare",
        round(percentile_cont(0.5) within group (order by t.response_ms))::int as "medianResponseMs",
        round(percentile_cont(0.95) within group (order by t.response_ms))::int as "p95ResponseMs",
        avg(t.degraded::int)::float8 as "degradedShare",
        count(*) filter (where t.rating = 'HELPFUL')::int as "helpful",
        count(*) filter (where t.rating = 'NOT_HELPFUL')::int as "notHelpful",
        count(*) filter (where t.outcome = 'NOTHING_FOUND')::int as "nothingFound",
        count(*) filter (where t.outcome = 'DECLINED')::int as "declined",
        (select count(*)::int from learning.assistant_hand_overs h where h.created_at >= ${from} and h.created_at < ${to}) as "handedOver"
        from learning.assistant_messages t
       where t.role = 'ASSISTANT' and t.status = 'DONE' and t.created_at >= ${from} and t.created_at < ${to}`.execute(
      context.em.getKysely(),
    );
    const [figures] = rows;
    if (!figures) throw new Error('Figures of the assistant were not counted; a count always has a row');
    return figures;
  }
}
