import { roomNames } from '../distributed/room-names.js';
import { serviceKeySettings } from '../distributed/service-keys.js';

/**
 * Prints lines for `.env` that give every service of docker-compose.yml its key pair, and the secret that seals signing
 * keys at rest. Run from the project's folder after a build.
 */
const services = ['gateway', ...(await roomNames(process.cwd()))];
const settings = await serviceKeySettings(services);
const lines = [...settings].map(
  ([service, { SERVICE_PRIVATE_KEY }]) =>
    `${service.toUpperCase().replaceAll('-', '_')}_SERVICE_PRIVATE_KEY='${SERVICE_PRIVATE_KEY}'`,
);
process.stdout.write(
  `${lines.join('\n')}\nSERVICE_PUBLIC_KEYS='${settings.get('gateway')?.['SERVICE_PUBLIC_KEYS']}'\n`,
);
