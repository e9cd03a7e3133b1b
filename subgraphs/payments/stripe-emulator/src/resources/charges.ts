import { emit } from '../events/emit.js';
import { clearable, mergeMetadata, metadata, text } from '../http/input.js';
import { list, listOf, pageInTime } from '../http/list.js';
import { formatAmount } from '../money/format.js';
import { type Resource, route } from './resource.js';

/** Charges: attempts to take money, which intents make. */
export const charges: Resource = {
  routes: [
    route('GET /v1/charges/:id', {}, ({ tx, path }) => tx.get('charge', path['id'] ?? '')),
    route(
      'POST /v1/charges/:id',
      { description: clearable(text), metadata, transfer_group: text.optional() },
      ({ tx, path }, { description, metadata, transfer_group }) => {
        const before = tx.get('charge', path['id'] ?? '');
        const after = tx.put('charge', {
          ...before,
          ...(description !== undefined && { description }),
          ...(transfer_group !== undefined && { transfer_group }),
          metadata: mergeMetadata(before.metadata, metadata),
        });
        emit(tx, 'charge.updated', after, before);
        return after;
      },
    ),
    route(
      'GET /v1/charges',
      {
        ...pageInTime,
        customer: text.optional(),
        payment_intent: text.optional(),
        transfer_group: text.optional(),
      },
      (call, { customer, payment_intent, transfer_group, ...input }) =>
        list(
          call,
          'charge',
          input,
          (charge) =>
            (customer === undefined || charge.customer === customer) &&
            (payment_intent === undefined || charge.payment_intent === payment_intent) &&
            (transfer_group === undefined || charge.transfer_group === transfer_group),
        ),
    ),
  ],
  includes: {
    charge: {
      refunds: (tx, { id }) =>
        listOf(
          tx.all('refund', (refund) => refund.charge === id),
          `/v1/charges/${id}/refunds`,
        ),
    },
  },
  register(app, engine) {
    app.get<{ Params: { charge: string; secret: string } }>('/receipts/:charge/:secret', async (request, reply) => {
      const { charge: id, secret } = request.params;
      const charge = engine.transact((tx) => tx.find('charge', id));
      reply.type('text/plain; charset=utf-8');
      if (!charge?.receipt_url?.endsWith(`/${secret}`)) return reply.code(404).send('There is no such receipt.\n');
      const { amount, amount_refunded, currency, created, payment_method_details: paidBy } = charge;
      return [
        `Receipt of ${new Date(created * 1_000).toISOString()}`,
        `Paid: ${formatAmount(amount, currency)}`,
        `Refunded: ${formatAmount(amount_refunded, currency)}`,
        `Card: ${paidBy?.card?.brand} ending in ${paidBy?.card?.last4}`,
        '',
      ].join('\n');
    });
  },
};
