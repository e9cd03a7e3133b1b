import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountOf, changeFacts } from '../connect/account-standing.js';
import { onboardTestPerson } from '../connect/onboarding.js';
import { closeDispute, openDispute } from '../disputes/dispute-life.js';
import type { StripeEmulator } from '../emulator.js';
import type { Engine } from '../engine.js';
import { authenticate } from '../http/authentication.js';
import { StripeError } from '../protocol/stripe-error.js';

const probability = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(600_000);

const faults = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        method: z.string().optional(),
        path: z.string(),
        kind: z.enum(['FAIL_BEFORE', 'FAIL_AFTER_COMMIT', 'HANG_UP', 'RATE_LIMIT', 'SLOW']),
        times: z.int().min(1).optional(),
        delayMs: milliseconds.optional(),
      }),
    )
    .default([]),
  webhooks: z
    .strictObject({
      duplicate: probability.default(0),
      drop: probability.default(0),
      reorder: probability.default(0),
      delayMs: z.tuple([milliseconds, milliseconds]).default([0, 0]),
      seed: z.int().default(1),
      paused: z.boolean().default(false),
    })
    .prefault({}),
});
const clock = z.union([z.strictObject({ now: z.int().min(0) }), z.strictObject({ advanceSeconds: z.int().min(0) })]);
const webhooks = z.array(z.strictObject({ url: z.url({ protocol: /^https?$/ }), secret: z.string().min(1) }));

const dispute = z.strictObject({
  charge: z.string(),
  reason: z
    .enum([
      'duplicate',
      'fraudulent',
      'general',
      'product_not_received',
      'product_unacceptable',
      'subscription_canceled',
    ])
    .default('general'),
  amount: z.int().min(1).optional(),
});
const outcome = z.strictObject({ outcome: z.enum(['won', 'lost']) });
const review = z.strictObject({ isInReview: z.boolean() });

/** What a test or a developer does to the emulator besides using it, in JSON, under `/_emulator`. */
export function registerControl(emulator: StripeEmulator, secretKey: string): void {
  const { app, engine, store } = emulator;
  app.register(
    async (control: FastifyInstance) => {
      control.addHook('onRequest', async (request) => {
        if (authenticate(request, secretKey, store).isPublic) throw refusal(401, 'The secret key is needed here.');
      });
      const current = () => ({ requests: emulator.faults.requests.list(), webhooks: emulator.faults.webhooks.current });
      control.get('/faults', async () => current());
      control.put('/faults', async ({ body }) => {
        const wanted = parse(faults, body);
        emulator.faults.requests.set(wanted.requests);
        emulator.faults.webhooks.set(wanted.webhooks);
        return current();
      });
      control.put('/webhooks', async ({ body }) => {
        emulator.setWebhooks(parse(webhooks, body));
        return {};
      });
      control.post('/webhooks/flush', async () => {
        await emulator.flushWebhooks();
        return {};
      });
      control.get('/clock', async () => ({ now: engine.clock.now() }));
      control.post('/clock', async ({ body }) => {
        const wanted = parse(clock, body);
        if ('now' in wanted) emulator.setTime(wanted.now);
        else emulator.advance(wanted.advanceSeconds);
        return { now: engine.clock.now() };
      });
      registerOthers(control, engine);
    },
    { prefix: '/_emulator' },
  );
}

/** What banks and authorities do: they dispute charges, decide, and look at accounts. */
function registerOthers(control: FastifyInstance, engine: Engine): void {
  const id = (request: FastifyRequest) => (request.params as Readonly<Record<string, string>>)['id'] ?? '';
  control.post('/disputes', async ({ body }) => engine.transact((tx) => openDispute(tx, parse(dispute, body))));
  control.post('/disputes/:id/close', async (request) =>
    engine.transact((tx) => closeDispute(tx, id(request), parse(outcome, request.body).outcome)),
  );
  control.put('/accounts/:id', async (request) =>
    engine.transact((tx) => changeFacts(tx, id(request), parse(review, request.body))),
  );
  control.post('/accounts/:id/onboard', async (request) =>
    engine.transact((tx) => onboardTestPerson(tx, accountOf(tx, id(request)))),
  );
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(fromJson(body));
  if (parsed.success) return parsed.data;
  throw refusal(400, parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function fromJson(body: unknown): unknown {
  try {
    return JSON.parse(typeof body === 'string' && body !== '' ? body : '{}');
  } catch {
    throw refusal(400, 'The body is no JSON.');
  }
}

function refusal(status: number, message: string): StripeError {
  return new StripeError(status, 'invalid_request_error', message);
}
