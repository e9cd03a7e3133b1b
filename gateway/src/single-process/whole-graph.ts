import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { room as accounts } from '@tutorgraph/accounts/room';
import { ensureSecretKey } from '@tutorgraph/kit/environment/secret-key';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { firstStart, loadDemo } from '@tutorgraph/kit/room/demo';
import { checkSettings, type RoomDefinition } from '@tutorgraph/kit/room/room';
import { FILES_PATH } from '@tutorgraph/kit/storage/file-routes';
import { openStorage } from '@tutorgraph/kit/storage/open-storage';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { openTracing } from '@tutorgraph/kit/telemetry/open-tracing';
import { room as learning } from '@tutorgraph/learning/room';
import { room as marketplace } from '@tutorgraph/marketplace/room';
import { room as messaging } from '@tutorgraph/messaging/room';
import { room as payments } from '@tutorgraph/payments/room';
import { room as recommendations } from '@tutorgraph/recommendations/room';
import { createGateway } from '../app.js';
import { openTrustedDocuments } from '../documents/trusted-documents.js';
import { readOperationNames } from '../insight/operation-names.js';
import { demoUsers } from '../playground/demo-users.js';
import { readReadyOperations } from '../playground/ready-operation.js';
import { readBroadcasts } from '../supergraph/broadcasts-file.js';
import { Supergraph } from '../supergraph/supergraph.js';
import { inProcessTransport } from '../transports/in-process-transport.js';
import type { SingleProcessEnvironment } from './environment.js';
import { startLocalStripe } from './local-stripe.js';
import { startRooms } from './rooms.js';

/** Every room, in the order in which they start. */
const definitions: readonly RoomDefinition[] = [accounts, marketplace, messaging, payments, learning, recommendations];
const SUPERGRAPH = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));
const DOCUMENTS = fileURLToPath(new URL('../../../schema/trusted-documents.json', import.meta.url));
const OPERATIONS = fileURLToPath(new URL('../../../schema/operations/journey', import.meta.url));

const THIS_MACHINE = new Set(['127.0.0.1', '0.0.0.0', '[::1]', '[::]']);

/** What the whole graph runs on. */
export interface WholeGraphOptions {
  environment: SingleProcessEnvironment;
  settings: Record<string, string | undefined>;
  databaseUrl: string;
  logger: Logger;
  lifecycle: Lifecycle;
}

/** Where what was started is reached. */
export interface WholeGraph {
  /** The address of `/graphql`. */
  address: string;
  /** The Stripe emulator; undefined where a real Stripe is set. */
  stripeUrl: string | undefined;
}

/** Starts every room and the gateway in this process. */
export async function startWholeGraph(options: WholeGraphOptions): Promise<WholeGraph> {
  const { environment, databaseUrl, logger, lifecycle } = options;
  const metrics = new Metrics().collectProcessMetrics();
  const tracing = await openTracing({ settings: options.settings, service: 'tutorgraph', trustsCallers: false });
  if (tracing) lifecycle.own('traces', () => tracing.close());
  const { dataDir, gateway: own } = environment;
  const secret = await ensureSecretKey(options.settings['SECRET_KEY'], dataDir, own.production);
  const stripe = await startLocalStripe({ environment, secretKey: secret, logger, lifecycle });
  const settings = { ...options.settings, ...stripe?.settings, SECRET_KEY: secret };
  checkSettings(definitions, settings);
  let origin = originOf(`http://${own.host}:${own.port}`);
  const files = await openStorage({ settings, isShared: false, servedAt: () => `${origin}${FILES_PATH}`, logger });
  lifecycle.own('file storage', () => files.storage.close());
  const { storage } = files;
  const { rooms, trust, tokens } = await startRooms({
    ...options,
    settings,
    storage,
    definitions,
    metrics,
    tracing,
    servedAt: () => origin,
  });
  if (environment.demo) await loadDemo(definitions, databaseUrl, { ...firstStart, now: new Date(), clear: false });
  const gateway = await createGateway({
    ...trust,
    supergraph: new Supergraph(await readFile(SUPERGRAPH, 'utf8')),
    transports: new Map(rooms.map(({ name, subgraph }) => [name, inProcessTransport(subgraph, name)])),
    broadcasts: { declared: await readBroadcasts(SUPERGRAPH), tokens },
    settings: own.settings,
    trustedDocuments: await openTrustedDocuments(own.settings.trustedDocuments, own.trustedDocumentsPaths, DOCUMENTS),
    operationNames: await readOperationNames(
      own.trustedDocumentsPaths.length > 0 ? own.trustedDocumentsPaths : [DOCUMENTS],
    ),
    tracing,
    logger,
    metrics,
    isDraining: () => lifecycle.isDraining,
    playground: {
      demoUsers: environment.demo ? demoUsers : undefined,
      operations: await readReadyOperations(OPERATIONS),
    },
  });
  lifecycle.own('gateway', () => gateway.close(), gateway.closeWithinMs);
  await files.routes?.(gateway.app);
  for (const { parts } of rooms) parts.routes?.(gateway.app);
  const address = await gateway.listen(own);
  origin = originOf(address);
  stripe?.callBack(origin);
  return { address, stripeUrl: stripe?.url };
}

/** The origin as one types it into a browser: for a page there, files of any other are another site's. */
function originOf(address: string): string {
  const url = new URL(address);
  if (THIS_MACHINE.has(url.hostname)) url.hostname = 'localhost';
  return url.origin;
}
