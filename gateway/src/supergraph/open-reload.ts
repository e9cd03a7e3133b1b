import { fileURLToPath } from 'node:url';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { SupergraphFile } from './supergraph-file.js';
import { SupergraphReload } from './supergraph-reload.js';
import { readPublicKey } from './supergraph-signature.js';
import { SupergraphUrl } from './supergraph-url.js';

/** Where the supergraph is and how it is followed. */
export interface SupergraphSettings {
  /** A file; without it and an address, the project's own. */
  path: string | undefined;
  url: string | undefined;
  /** Ed25519, in base64 or PEM; with it every supergraph has to be signed. */
  publicKey: string | undefined;
  /** How often it is looked at, in milliseconds. A file is watched besides. */
  everyMs: number;
  /** How long an address may take to send it, in milliseconds. */
  timeoutMs: number;
  maxBytes: number;
}

const OWN_SUPERGRAPH = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));

/** What follows the supergraph of the settings. */
export function openReload(settings: SupergraphSettings, logger: Logger, metrics: Metrics): SupergraphReload {
  const { path = OWN_SUPERGRAPH, url, publicKey, everyMs, maxBytes } = settings;
  const source = url === undefined ? new SupergraphFile(path, maxBytes) : new SupergraphUrl(new URL(url), settings);
  const key = publicKey === undefined ? undefined : readPublicKey(publicKey);
  return new SupergraphReload({ source, publicKey: key, everyMs, logger, metrics });
}
