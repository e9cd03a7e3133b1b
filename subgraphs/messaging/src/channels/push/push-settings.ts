import { createECDH, createPrivateKey } from 'node:crypto';
import { EnvironmentError } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { FcmSender } from './fcm-sender.js';
import { WebPushSender } from './web-push-sender.js';

/** A private key in PEM, in one line with \n or in several. */
const pem = z.string().transform((text, context) => {
  const key = text.replaceAll('\\n', '\n');
  try {
    createPrivateKey(key);
    return key;
  } catch {
    context.addIssue('must be the private_key of the service account’s JSON file, in PEM; \\n for line ends is fine');
    return z.NEVER;
  }
});

const hosts = z.string().transform((text) =>
  text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean),
);

const base64url = (bytes: number) =>
  z
    .string()
    .refine(
      (text) => /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').length === bytes,
      `must be ${bytes} bytes in base64url`,
    );

/** Settings of pushes. */
export const pushSettings = {
  FCM_PROJECT_ID: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,29}$/, 'must be the project_id of the service account’s JSON file')
    .optional(),
  FCM_SERVICE_ACCOUNT_EMAIL: z.email('must be the client_email of the service account’s JSON file').optional(),
  FCM_SERVICE_ACCOUNT_KEY: pem.optional(),
  FCM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  FCM_TOKEN_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEB_PUSH_PUBLIC_KEY: base64url(65).optional(),
  WEB_PUSH_PRIVATE_KEY: base64url(32).optional(),
  WEB_PUSH_SUBJECT: z
    .string()
    .regex(/^(mailto:.+@|https:\/\/)/, 'must be mailto: and an address, or an https: page')
    .optional(),
  WEB_PUSH_ALLOWED_HOSTS: hosts.optional(),
} satisfies z.ZodRawShape;

type PushEnvironment = z.infer<z.ZodObject<typeof pushSettings>>;

/** The Firebase project of the settings, if they name one. @throws EnvironmentError when a part of it is missing */
export function openFcm(environment: PushEnvironment): FcmSender | undefined {
  const {
    FCM_PROJECT_ID: projectId,
    FCM_SERVICE_ACCOUNT_EMAIL: email,
    FCM_SERVICE_ACCOUNT_KEY: privateKey,
    FCM_BASE_URL: baseUrl,
    FCM_TOKEN_URL: tokenUrl,
  } = environment;
  if (!projectId && !email && !privateKey) return undefined;
  if (!projectId || !email || !privateKey) {
    throw new EnvironmentError(
      'Set all of FCM_PROJECT_ID, FCM_SERVICE_ACCOUNT_EMAIL and FCM_SERVICE_ACCOUNT_KEY, or none',
    );
  }
  return new FcmSender({ projectId, email, privateKey, baseUrl, tokenUrl });
}

/** Our keys for Web Push, if the settings have them. @throws EnvironmentError when a part is missing or they do not match */
export function openWebPush(environment: PushEnvironment): WebPushSender | undefined {
  const {
    WEB_PUSH_PUBLIC_KEY: publicKey,
    WEB_PUSH_PRIVATE_KEY: privateKey,
    WEB_PUSH_SUBJECT: subject,
    WEB_PUSH_ALLOWED_HOSTS: allowedHosts = [],
  } = environment;
  if (!publicKey && !privateKey && !subject) return undefined;
  if (!publicKey || !privateKey || !subject) {
    throw new EnvironmentError('Set all of WEB_PUSH_PUBLIC_KEY, WEB_PUSH_PRIVATE_KEY and WEB_PUSH_SUBJECT, or none');
  }
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(privateKey, 'base64url');
  if (pair.getPublicKey('base64url') !== publicKey) {
    throw new EnvironmentError(
      'WEB_PUSH_PUBLIC_KEY is not that of WEB_PUSH_PRIVATE_KEY; make both with: npx web-push generate-vapid-keys',
    );
  }
  return new WebPushSender({ publicKey, privateKey, subject, allowedHosts });
}
