import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const WATCH_ORDER = `subscription WatchOrder($orderId: ID!) {
  orderChanged(orderId: $orderId) { cursor deleted order { id title student { id displayName } } }
}`;
/** Clients at a time; each watches orders of its own, so that none shares with another. */
const CLIENTS = 16;
/** Subscriptions of one connection before the client comes anew. */
const EACH_CONNECTION = 100;

/** Subscribes so many times in all, and leaves after the first event each time. @throws when one ends otherwise */
export async function subscribeAndLeave(url: string, rounds: number): Promise<void> {
  process.stderr.write(`… ${rounds} subscriptions\n`);
  let begun = 0;
  const lane = async (number: number): Promise<void> => {
    while (begun < rounds) {
      const client = createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
      for (let count = 0; count < EACH_CONNECTION && begun < rounds; count += 1) {
        begun += 1;
        await watchOnce(client, `order-${number}-${count}`);
      }
      await client.dispose();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => lane(number)));
}

async function watchOnce(client: Client, orderId: string): Promise<void> {
  for await (const { data, errors } of client.iterate({ query: WATCH_ORDER, variables: { orderId } })) {
    if (!data || errors) throw new Error(`The subscription answered ${JSON.stringify(errors)}`);
    return;
  }
  throw new Error('The subscription ended before its first event');
}
