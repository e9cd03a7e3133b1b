import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SUPERGRAPH = new URL('../../../schema/supergraph.graphql', import.meta.url);
const SUBGRAPH = /@join__graph\(name: "([^"]+)", url: "([^"]+)"\)/g;

/** What the made-up subgraphs have seen. */
interface Seen {
  requests: number;
  subscriptions: number;
}

/** Our own graph in front of made-up subgraphs that cost next to nothing. */
export class MadeUpGraph {
  private readonly subgraphs: ChildProcess;
  /** Our supergraph with the addresses of the made-up subgraphs. */
  readonly supergraphFile: string;
  private readonly addresses: Readonly<Record<string, string>>;

  private constructor(subgraphs: ChildProcess, addresses: Record<string, string>, supergraphFile: string) {
    this.subgraphs = subgraphs;
    this.addresses = addresses;
    this.supergraphFile = supergraphFile;
  }

  /** @param folder where the supergraph is written to */
  static async open(folder: string): Promise<MadeUpGraph> {
    const sdl = await readFile(SUPERGRAPH, 'utf8');
    const names = [...sdl.matchAll(SUBGRAPH)].flatMap(([, name]) => name ?? []);
    const subgraphs = fork(fileURLToPath(new URL('./subgraphs.ts', import.meta.url)), names, {
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const [{ addresses }] = (await once(subgraphs, 'message')) as [{ addresses: Record<string, string> }];
    const file = join(folder, 'supergraph.graphql');
    const moved = sdl.replaceAll(
      SUBGRAPH,
      (_, name: string) => `@join__graph(name: "${name}", url: "${addresses[name]}")`,
    );
    await writeFile(file, moved);
    return new MadeUpGraph(subgraphs, addresses, file);
  }

  /** Requests that the subgraphs have been sent so far, and subscriptions that are open now. */
  async seen(): Promise<Seen> {
    this.subgraphs.send('seen');
    const [seen] = (await once(this.subgraphs, 'message')) as [Seen];
    return seen;
  }

  /** Where one subgraph is asked. @throws when there is none of that name */
  addressOf(subgraph: string): string {
    const address = this.addresses[subgraph];
    if (address) return address;
    throw new Error(`The supergraph has no ${subgraph}; it has ${Object.keys(this.addresses).join(', ')}`);
  }

  close(): void {
    this.subgraphs.disconnect();
  }
}
