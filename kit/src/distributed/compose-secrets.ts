import { randomBytes } from 'node:crypto';
import { serviceKeySettings } from './service-keys.js';

/** The secrets that docker-compose.yml asks for, made anew but for the one that seals signing keys at rest. */
export async function composeSecrets(rooms: readonly string[], secretKey: string): Promise<Record<string, string>> {
  const settings = await serviceKeySettings(['gateway', ...rooms]);
  const privateKeys = [...settings].map(([service, own]) => [
    `${service.toUpperCase().replaceAll('-', '_')}_SERVICE_PRIVATE_KEY`,
    own.SERVICE_PRIVATE_KEY,
  ]);
  const password = (): string => randomBytes(24).toString('hex');
  return {
    ...Object.fromEntries(privateKeys),
    SERVICE_PUBLIC_KEYS: settings.get('gateway')?.SERVICE_PUBLIC_KEYS ?? '',
    SECRET_KEY: secretKey,
    POSTGRES_PASSWORD: password(),
    REDIS_PASSWORD: password(),
    MINIO_ROOT_PASSWORD: password(),
  };
}
