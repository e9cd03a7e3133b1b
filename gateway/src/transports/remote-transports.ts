import type { Supergraph } from '../supergraph/supergraph.js';
import { RemoteTransport, type RemoteTransportOptions } from './remote-transport.js';

/**
 * The way to each subgraph of a supergraph over the network: to the addresses given for its name, else to the one that
 * it was composed with.
 *
 * @param urls replicas by the subgraph's name as environment keys have it: `ACCOUNTS`, `LIVE_CHAT` for `live-chat`
 * @throws when a subgraph has no address, naming the setting to set
 */
export function remoteTransports(
  { subgraphs }: Pick<Supergraph, 'subgraphs'>,
  urls: ReadonlyMap<string, readonly string[]>,
  options: RemoteTransportOptions = {},
): Map<string, RemoteTransport> {
  return new Map(
    subgraphs.map((subgraph) => {
      const { name } = subgraph;
      return [name, new RemoteTransport(name, addressesOf(subgraph, urls), options)];
    }),
  );
}

/**
 * Where a subgraph's replicas are: the addresses given for its name, else the one that it was composed with.
 *
 * @throws when there is none, naming the setting to set
 */
export function addressesOf(
  { name, url }: Supergraph['subgraphs'][number],
  urls: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const key = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
  const replicas = urls.get(key) ?? [url];
  if (replicas.every((replica) => URL.canParse(replica))) return replicas;
  throw new Error(`The ${name} subgraph has no address; set ${key}_SUBGRAPH_URL`);
}
