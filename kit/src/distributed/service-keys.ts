import { createServiceIdentities } from '../viewer/service-token.js';

/** By which a service proves itself to others and knows them. */
interface ServiceKeySettings {
  /** Its own key, a JWK. */
  SERVICE_PRIVATE_KEY: string;
  /** The public keys of all, a JWKS. */
  SERVICE_PUBLIC_KEYS: string;
}

/** Makes a key pair for each service. */
export async function serviceKeySettings(services: readonly string[]): Promise<Map<string, ServiceKeySettings>> {
  const identities = await createServiceIdentities(services);
  return new Map(
    [...identities].map(([service, { privateKey, publicKeys }]) => [
      service,
      { SERVICE_PRIVATE_KEY: JSON.stringify(privateKey), SERVICE_PUBLIC_KEYS: JSON.stringify(publicKeys) },
    ]),
  );
}
