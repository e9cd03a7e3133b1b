import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RIGHTS_OWNER } from '../room/surroundings.js';
import { type LocalStripe, localStripe, STRIPE_CLIENT, stripeEntry } from './local-stripe.js';
import { choosePorts, freePort } from './ports.js';
import { roomEntry, roomNames } from './room-names.js';
import { serviceKeySettings } from './service-keys.js';
import { ServiceProcess } from './service-process.js';

/** What to start, and on what. */
export interface DistributedOptions {
  /** The project's folder, built. */
  folder: string;
  databaseUrl: string;
  redisUrl: string;
  /** Seals signing keys at rest: the same at every start on the same database. */
  secretKey: string;
  /** How many processes of a service; 1 of those that are not named. */
  replicas?: Readonly<Record<string, number>>;
  /** The first gateway's port; the others follow. @default any free ports */
  firstPort?: number;
  /** The port of the Stripe emulator, which is started where no STRIPE_SECRET_KEY is set; any free one when it is taken. */
  stripePort?: number;
  /** More settings, for every process. */
  settings?: Record<string, string | undefined>;
  /** Gives the start up: what was started is stopped. */
  signal?: AbortSignal;
  /** Every line that a process prints. `label` is such as `marketplace-2`. */
  onLine?(label: string, line: string): void;
  /** A process ended without having been told to. */
  onDeath?(label: string, reason: string): void;
}

/** Services that run. */
export interface Distributed {
  /** Each gateway's `/graphql`. */
  gateways: string[];
  /** The Stripe emulator among them is `stripe-1`. */
  processes: readonly ServiceProcess[];
  /** Ends one replica (counted from 0) as a crash would; resolves when it is gone. */
  kill(name: string, index: number): Promise<void>;
  /** Starts a replica anew that was killed, at its former address; resolves when it is ready. */
  restart(name: string, index: number): Promise<void>;
  /** Lets all finish what they have begun, gateways first; resolves when they are gone. */
  stop(): Promise<void>;
}

const GATEWAY = 'gateway';
const STRIPE = 'stripe';
const READY_WITHIN_MS = 60_000;

/**
 * Migrates the database, then starts every room and the gateway as processes of their own, as containers would run, and
 * waits until all are ready. Each has a key pair of its own, made anew.
 *
 * @throws Error that names the service when one does not come up; those that did are stopped
 */
export async function startDistributed(options: DistributedOptions): Promise<Distributed> {
  const rooms = await roomNames(options.folder);
  const replicas = replicaCounts([GATEWAY, ...rooms], options.replicas ?? {});
  const places = await assignPorts(replicas, options.firstPort);
  await migrateDatabase(options);
  const processes: ServiceProcess[] = [];
  const named = (name: string): ServiceProcess[] => processes.filter((service) => service.name === name);
  const gateways = (): ServiceProcess[] => named(GATEWAY);
  const replica = (name: string, index: number): ServiceProcess => {
    const found = processes.find((service) => service.name === name && service.index === index);
    if (!found) throw new Error(`There is no ${name} number ${index}`);
    return found;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(gateways().map((gateway) => gateway.stop()));
    await Promise.all(processes.flatMap((service) => (service.name === STRIPE ? [] : [service.stop()])));
    await Promise.all(named(STRIPE).map((stripe) => stripe.stop()));
  };
  const stripe = await stripePlace(places, options);
  const environments = await serviceEnvironments(places, options, stripe?.client);
  if (stripe) environments.set(STRIPE, stripe.own);
  try {
    for (const stage of [stripe ? [stripe.place] : [], ...stages(places)]) {
      const started = stage.map((place) => startService(place, environments.get(place.name) ?? {}, options));
      processes.push(...started);
      await Promise.all(started.map((service) => service.ready(READY_WITHIN_MS, options.signal)));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    gateways: gateways().map(({ origin }) => `${origin}/graphql`),
    processes,
    kill: async (name, index) => replica(name, index).kill(),
    async restart(name, index) {
      const former = replica(name, index);
      const place = { name, index, port: Number(new URL(former.origin).port) };
      const service = startService(place, environments.get(name) ?? {}, options);
      processes.splice(processes.indexOf(former), 1, service);
      await service.ready(READY_WITHIN_MS, options.signal);
    },
    stop,
  };
}

interface Place {
  name: string;
  index: number;
  port: number;
}

function replicaCounts(services: readonly string[], wanted: Readonly<Record<string, number>>): Map<string, number> {
  const unknown = Object.keys(wanted).find((name) => !services.includes(name));
  if (unknown) throw new Error(`There is no service ${unknown}; there are ${services.join(', ')}`);
  return new Map(services.map((name) => [name, wanted[name] ?? 1]));
}

async function assignPorts(replicas: ReadonlyMap<string, number>, first: number | undefined): Promise<Place[]> {
  const places = [...replicas].flatMap(([name, count]) =>
    Array.from({ length: count }, (_, index) => ({ name, index })),
  );
  const ports = await choosePorts(places.length, first);
  return places.map((place, index) => ({ ...place, port: ports[index] ?? 0 }));
}

/** Whoever is asked by the others comes first; a gateway is ready when its rooms are. */
function stages(places: readonly Place[]): Place[][] {
  const of = (isMember: (name: string) => boolean): Place[] => places.filter(({ name }) => isMember(name));
  return [
    of((name) => name === RIGHTS_OWNER),
    of((name) => name !== RIGHTS_OWNER && name !== GATEWAY),
    of((name) => name === GATEWAY),
  ];
}

/** Where the Stripe emulator runs, if one is needed; the first gateway takes its webhooks. */
async function stripePlace(
  places: readonly Place[],
  options: DistributedOptions,
): Promise<(LocalStripe & { place: Place }) | undefined> {
  const { folder, secretKey, settings = {} } = options;
  const port = await freePort(options.stripePort);
  const gateway = places.find(({ name }) => name === GATEWAY);
  const webhookOrigin = `http://127.0.0.1:${gateway?.port}`;
  const stripe = localStripe({ folder, secretKey, settings, port, webhookOrigin });
  return stripe && { ...stripe, place: { name: STRIPE, index: 0, port } };
}

function startService(
  place: Place,
  environment: Record<string, string | undefined>,
  options: DistributedOptions,
): ServiceProcess {
  const { folder } = options;
  return new ServiceProcess({
    ...place,
    entry: entryOf(folder, place.name),
    folder,
    environment,
    onLine: options.onLine ?? (() => {}),
    onDeath: options.onDeath ?? (() => {}),
  });
}

function entryOf(folder: string, name: string): string {
  if (name === GATEWAY) return join(folder, 'gateway/dist/main.js');
  return name === STRIPE ? stripeEntry(folder) : roomEntry(folder, name);
}

async function serviceEnvironments(
  places: readonly Place[],
  options: DistributedOptions,
  stripe: Record<string, string | undefined> = {},
): Promise<Map<string, Record<string, string | undefined>>> {
  const origins = (name: string): string[] =>
    places.filter((place) => place.name === name).map(({ port }) => `http://127.0.0.1:${port}`);
  const services = [...new Set(places.map(({ name }) => name))];
  const addresses = services
    .filter((name) => name !== GATEWAY)
    .map((name) => [
      `${name.toUpperCase().replaceAll('-', '_')}_SUBGRAPH_URL`,
      origins(name)
        .map((origin) => `${origin}/graphql`)
        .join(','),
    ]);
  const keys = await serviceKeySettings(services);
  const environment = (name: string): Record<string, string | undefined> => ({
    ...options.settings,
    ...(name === STRIPE_CLIENT && stripe),
    ...Object.fromEntries(addresses),
    JWKS_URL: `${origins(RIGHTS_OWNER)[0]}/.well-known/jwks.json`,
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    SECRET_KEY: options.secretKey,
    ...keys.get(name),
  });
  return new Map(services.map((name) => [name, environment(name)]));
}

async function migrateDatabase({ folder, databaseUrl, settings }: DistributedOptions): Promise<void> {
  const env = { ...settings, DATABASE_URL: databaseUrl };
  const migrate = promisify(execFile)(process.execPath, [join(folder, 'kit/dist/tools/migrate.js')], {
    cwd: folder,
    env,
  });
  await migrate.catch((error: Error & { stderr?: string }) => {
    throw new Error(error.stderr?.trim() || error.message, { cause: error });
  });
}
