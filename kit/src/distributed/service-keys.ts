import { createServiceIdentities } from '../viewer/service-token.js';

/** The settings by which services prove themselves to one another, by service: a key of its own and everybody's public ones. */
export async function serviceKeySettings(services: readonly string[]): Promise<Map<string, Record<string, string>>> {
  const identities = await createServiceIdentities(services);
  return new Map(
    [...identities].map(([service, { privateKey, publicKeys }]) => [
      service,
      { SERVICE_PRIVATE_KEY: JSON.stringify(privateKey), SERVICE_PUBLIC_KEYS: JSON.stringify(publicKeys) },
    ]),
  );
}
