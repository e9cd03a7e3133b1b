import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TWILIO_PATH } from './sms-settings.js';
import type { TwilioReports } from './twilio-reports.js';

/** Whose reports are believed. */
export interface TwilioWebhookOptions {
  /** The account's token, which signs. */
  authToken: string;
  /** Our address as Twilio knows it: it is a part of what is signed. */
  url: string;
  logger: Logger;
}

const SIGNATURE = 'x-twilio-signature';
const MOST_BYTES = 64 * 1024;

type ReportRequest = FastifyRequest<{ Body: Buffer | undefined }>;

/**
 * Takes Twilio's reports of text messages: 204 when one was taken, 400 when it is not signed with our account's token, 500 when
 * it could not be taken.
 */
export function registerTwilioWebhook(
  app: FastifyInstance,
  reports: TwilioReports,
  { authToken, url, logger }: TwilioWebhookOptions,
): void {
  async function receive({ headers, body }: ReportRequest, reply: FastifyReply) {
    const form = Object.fromEntries(new URLSearchParams(body?.toString() ?? ''));
    if (!(await isSigned(String(headers[SIGNATURE]), form))) {
      return reply.code(400).send({ error: 'This is not signed with the token of our account' });
    }
    try {
      await reports.take(form);
    } catch (err) {
      logger.error({ err, route: TWILIO_PATH }, 'A report of Twilio could not be taken');
      return reply.code(500).send({ error: 'This could not be taken now' });
    }
    return reply.code(204).send();
  }

  /** The SDK is large: it is loaded at the first report. */
  async function isSigned(signature: string, form: Record<string, string>): Promise<boolean> {
    const { default: twilio } = await import('twilio');
    return twilio.validateRequest(authToken, signature, url, form);
  }

  app.register(async (webhooks) => {
    webhooks.removeAllContentTypeParsers();
    webhooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    webhooks.post(
      TWILIO_PATH,
      {
        bodyLimit: MOST_BYTES,
        logLevel: 'silent',
        // What has no signature at all is refused before its body is taken in.
        onRequest: async (request, reply) => {
          if (!request.headers[SIGNATURE]) return reply.code(400).send({ error: 'Only Twilio calls here' });
        },
      },
      receive,
    );
  });
}
