import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import type { SignedQueries } from '@tutorgraph/kit/secrets/signed-query';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { countDays, daysOf } from './days.js';
import { reportCsv, reportKinds } from './report-csv.js';

/** Where exports are, below the origin of whoever serves them. */
const EXPORT_PATH = '/learning/report.csv';
const LASTS_MS = 5 * 60 * 1_000;
const MOST_DAYS = 1_100;

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const grant = z.object({ report: z.enum(reportKinds), from: day, to: day });
const asked = z.object({
  report: z.enum(reportKinds),
  span: z
    .object({ from: z.date(), to: z.date() })
    .transform(daysOf)
    .refine((span) => countDays(span) >= 1 && countDays(span) <= MOST_DAYS, { path: ['to'] }),
});

/** Exports of reports: asked for in the graph, where it is audited, fetched at an address that is good for minutes. */
export class ReportExports {
  constructor(
    private readonly queries: SignedQueries,
    private readonly origin: () => string,
  ) {}

  /** An address at which a report can be fetched. @throws Refusal INVALID_INPUT */
  async address(context: RequestContext, input: unknown): Promise<{ url: string; expiresAt: Date }> {
    const { report, span } = accept(asked, input, context.locale);
    const expiresAt = new Date(Date.now() + LASTS_MS);
    await transaction(context.em, async (tx) => {
      const action = 'learning.report.export';
      recordStaffAction(tx, context, { action, resource: report, resourceId: newId() });
    });
    const url = `${this.origin()}${EXPORT_PATH}?${this.queries.sign({ report, ...span }, expiresAt)}`;
    return { url, expiresAt };
  }

  /** Serves exports to whoever has a signed address. */
  register(app: FastifyInstance, em: EntityManager): void {
    // The address is the right to it, so that no log may hold it.
    app.get(EXPORT_PATH, { logLevel: 'silent' }, async (request, reply) => {
      reply.headers({
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      });
      const now = new Date();
      const allowed = this.queries.read(z.record(z.string(), z.unknown()).parse(request.query), now);
      const { data } = grant.safeParse(allowed);
      if (!data) {
        const message = 'This address is wrong or has expired; ask for a new one';
        return reply.code(403).send({ code: 'FORBIDDEN', message });
      }
      const { report, ...span } = data;
      const name = `${report.toLowerCase().replace('_', '-')}-${span.from}-${span.to}.csv`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(reportCsv(em.fork(), report, span, now));
    });
  }
}
