import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves files as a content network does: with ETags, and without their reading costing anything when nothing changed. */
export class SupergraphServer {
  readonly files = new Map<string, { text: string; signature?: string }>();
  /** Status of every answer, the newest last. */
  readonly answers: number[] = [];
  /** Answers that it does not finish. */
  isStuck = false;
  isBroken = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SupergraphServer> {
    const server = createServer();
    const started = new SupergraphServer(server);
    server.on('request', ({ url = '', headers }, response) => {
      const file = started.files.get(url);
      const etag = file && `"${createHash('sha256').update(file.text).digest('hex')}"`;
      const status = started.isBroken ? 500 : !file ? 404 : headers['if-none-match'] === etag ? 304 : 200;
      started.answers.push(status);
      if (file?.signature) response.setHeader('x-signature-ed25519', file.signature);
      if (etag) response.setHeader('etag', etag);
      response.writeHead(status);
      if (started.isStuck) response.write('#');
      else response.end(status === 200 ? file?.text : '');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
