import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { sql } from 'kysely';
import { type Agreement, agreementOf, type ScorePair } from './agreement.rules.js';

/** A period's agreement, and what became of the edits that were proposed. */
export interface HomeworkAgreement extends Agreement {
  keptEdits: number;
  dismissedEdits: number;
}

const LONGEST_MS = 366 * 24 * 60 * 60 * 1_000;
const MOST_REVIEWS = 50_000;

/** How well the check of homework agrees with curators. */
export class AgreementService {
  /** @throws BAD_USER_INPUT for a period that ends before it begins, or is longer than a year */
  async of({ em }: RequestContext, from: Date, to: Date): Promise<HomeworkAgreement> {
    if (from >= to || to.getTime() - from.getTime() > LONGEST_MS) {
      throw badUserInput('from must lie before to, by a year at most');
    }
    const { rows } = await sql<ScorePair & { edits: number; dismissed: number; hasAi: boolean }>`
      select r.ai_score as ai, r.score as curator, h.max_score as "maxScore", h.pass_percent as "passPercent",
        r.edit_count as edits, jsonb_array_length(r.dismissed_edits) as dismissed, r.ai_score is not null as "hasAi"
        from learning.homework_reviews r
        join learning.homework_submissions s on s.id = r.submission_id
        join learning.homework_assignments a on a.id = s.assignment_id
        join learning.homework h on h.id = a.homework_id
       where r.created_at >= ${from} and r.created_at < ${to} and not exists (
         select from learning.homework_reviews later where later.submission_id = r.submission_id and later.number > r.number)
       order by r.created_at desc, r.id desc limit ${MOST_REVIEWS}`.execute(em.getKysely());
    const dismissedEdits = rows.reduce((sum, { dismissed }) => sum + dismissed, 0);
    const keptEdits = rows.reduce((sum, { edits }) => sum + edits, 0) - dismissedEdits;
    return { ...agreementOf(rows.filter(({ hasAi }) => hasAi)), keptEdits, dismissedEdits };
  }
}
