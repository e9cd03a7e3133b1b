import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stripe } from 'stripe';

/** An endpoint that takes events, or does not. */
export class WebhookServer {
  static readonly secret = 'whsec_of_this_test';
  secret = WebhookServer.secret;
  readonly received: Stripe.Event[] = [];
  /** Whether the next event is taken. */
  takes: (event: Stripe.Event) => boolean = () => true;
  answersAfterMs = 0;
  /** The most requests that were being answered at one time. */
  mostAtOnce = 0;
  private atOnce = 0;
  private readonly server: Server = createServer(async (request, response) => {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    const header = request.headers['stripe-signature'] ?? '';
    const event = this.stripe.webhooks.constructEvent(await text(request), header, this.secret);
    this.received.push(event);
    await sleep(this.answersAfterMs);
    this.atOnce -= 1;
    response.writeHead(this.takes(event) ? 200 : 500).end();
  });

  constructor(private readonly stripe: Stripe) {}

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/webhooks/stripe`;
  }

  get types(): string[] {
    return this.received.map(({ type }) => type);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
