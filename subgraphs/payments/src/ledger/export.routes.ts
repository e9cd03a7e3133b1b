import type { EntityManager } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EXPORT_PATH, type ExportAddresses } from './export-address.js';
import { ledgerCsv } from './ledger-csv.js';

const moment = z.iso.datetime().transform((text) => new Date(text));
const query = z.object({ from: moment, to: moment, expires: moment, signature: z.string().max(100) });

/** Serves exports of the ledger to whoever has a signed address. */
export function registerExports(app: FastifyInstance, em: EntityManager, addresses: ExportAddresses): void {
  // The address is the right to it, so that no log may hold it.
  app.get(EXPORT_PATH, { logLevel: 'silent' }, async (request, reply) => {
    reply.headers({
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
    });
    const { data } = query.safeParse(request.query);
    const grant = data && { from: data.from, to: data.to, expiresAt: data.expires };
    if (!(data && grant && addresses.allows(grant, data.signature, new Date()))) {
      const message = 'This address is wrong or has expired; ask for a new one';
      return reply.code(403).send({ code: 'FORBIDDEN', message });
    }
    const name = `ledger-${day(data.from)}-${day(data.to)}.csv`;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(ledgerCsv(em.fork(), data.from, data.to));
  });
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
