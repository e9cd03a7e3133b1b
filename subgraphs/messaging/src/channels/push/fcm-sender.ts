import { z } from 'zod';
import type { OutgoingMessage } from '../channel.js';
import { type DeliveryError, refused, unavailable } from '../delivery-error.js';
import { type HttpAnswer, post } from '../http-call.js';
import { ProviderFailure, plainCode } from '../provider-failure.js';
import { FcmTokens, type ServiceAccount } from './fcm-tokens.js';
import { type PushResult, type PushSender, type PushTarget, pushData } from './push-sender.js';

/** A Firebase project and the account by which we send in it. */
export interface FcmOptions extends ServiceAccount {
  projectId: string;
  /** Where the API is. @default https://fcm.googleapis.com */
  baseUrl?: string | undefined;
}

const OWN_URL = 'https://fcm.googleapis.com';
const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';

const taken = z.object({ name: z.string() });
const failure = z.object({
  error: z.object({
    status: z.string().optional(),
    details: z
      .array(
        z.object({
          '@type': z.string().optional(),
          errorCode: z.string().optional(),
          fieldViolations: z.array(z.object({ field: z.string().optional() })).optional(),
        }),
      )
      .optional(),
    message: z.string().optional(),
  }),
});

/** Sends pushes to apps on Android and iOS by Firebase Cloud Messaging, HTTP v1. */
export class FcmSender implements PushSender {
  private readonly tokens: FcmTokens;
  private readonly address: string;

  constructor(private readonly options: FcmOptions) {
    this.tokens = new FcmTokens(options);
    this.address = `${(options.baseUrl ?? OWN_URL).replace(/\/+$/, '')}/v1/projects/${options.projectId}/messages:send`;
  }

  async send(message: OutgoingMessage, { token }: PushTarget): Promise<PushResult> {
    const body = { message: shapeMessage(message, token) };
    for (let attempt = 1; ; attempt++) {
      const accessToken = await this.tokens.get();
      const headers = { authorization: `Bearer ${accessToken}` };
      const answer = await post('Firebase', { url: this.address, headers, body, budgetMs: this.options.budgetMs });
      // A token may end before its time.
      if (answer.status === 401 && attempt === 1) this.tokens.drop(accessToken);
      else return readAnswer(answer);
    }
  }
}

function shapeMessage(message: OutgoingMessage, token: string): object {
  const { deliveryId, title, body, badge, urgency } = message;
  const isUrgent = urgency === 'HIGH' || urgency === 'CRITICAL';
  return {
    token,
    notification: { title, body },
    data: pushData(message),
    // A repeated delivery takes the place of the one before.
    android: {
      priority: isUrgent ? 'HIGH' : 'NORMAL',
      collapse_key: deliveryId,
      notification: { tag: deliveryId, ...(badge !== undefined && { notification_count: badge }) },
    },
    apns: {
      headers: { 'apns-priority': isUrgent ? '10' : '5', 'apns-collapse-id': deliveryId },
      payload: { aps: { ...(badge !== undefined && { badge }), ...(isUrgent && { sound: 'default' }) } },
    },
  };
}

function readAnswer(answer: HttpAnswer): PushResult {
  const accepted = answer.status === 200 ? taken.safeParse(answer.body).data : undefined;
  if (accepted) return { outcome: 'TAKEN', providerMessageId: accepted.name };
  const known = failure.safeParse(answer.body).data?.error;
  const code = known?.details?.find((detail) => detail['@type'] === FCM_ERROR)?.errorCode ?? known?.status;
  const isToken = known?.details?.some(({ fieldViolations = [] }) =>
    fieldViolations.some(({ field }) => field === 'message.token'),
  );
  const isGone =
    code === 'UNREGISTERED' ||
    code === 'SENDER_ID_MISMATCH' ||
    (code === 'INVALID_ARGUMENT' && (isToken || /registration token/i.test(known?.message ?? '')));
  if (isGone) return { outcome: 'GONE' };
  throw readFailure(answer, plainCode(code));
}

function readFailure({ status, retryAfterSeconds }: HttpAnswer, code: string | undefined): DeliveryError {
  const cause = new ProviderFailure(status, code);
  if (status === 400) return refused('REFUSED', 'Firebase refuses this push for good', { cause });
  const isOurs = status >= 401 && status <= 404;
  return unavailable(
    isOurs
      ? 'Firebase does not accept our account or project; correct FCM_PROJECT_ID, FCM_SERVICE_ACCOUNT_EMAIL and FCM_SERVICE_ACCOUNT_KEY'
      : 'Firebase does not take the push now; it can be tried again',
    { cause, retryAfterSeconds },
  );
}
