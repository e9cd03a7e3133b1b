import { composeSecrets } from '../distributed/compose-secrets.js';
import { roomNames } from '../distributed/room-names.js';
import { processSettings, readEnvironment } from '../environment/environment.js';
import { ensureSecretKey } from '../environment/secret-key.js';
import { fatal } from '../lifecycle/lifecycle.js';
import { toolSettings } from './environment.js';

/**
 * Prints lines for `.env` that give every service of docker-compose.yml its secrets. A SECRET_KEY that there is already
 * stays: what it seals could not be read with another. Run from the project's folder after a build.
 */
async function printSecrets(folder: string): Promise<void> {
  const settings = processSettings();
  const { DATA_DIR } = readEnvironment(toolSettings, settings);
  const secretKey = await ensureSecretKey(settings['SECRET_KEY'], DATA_DIR, false);
  const secrets = await composeSecrets(await roomNames(folder), secretKey);
  for (const [key, value] of Object.entries(secrets)) process.stdout.write(`${key}='${value}'\n`);
}

await printSecrets(process.cwd()).catch(fatal);
