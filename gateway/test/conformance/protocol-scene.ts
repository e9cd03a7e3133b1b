import { afterEach, beforeEach, expect } from 'vitest';
import { verifier } from '../world/tokens.js';
import { type RunningWorld, startWorld } from '../world/world.js';
import { next, type ProtocolMessage, ProtocolSocket } from './protocol-socket.js';

export const ORDER = '{ order(id: "1") { title } }';
export const ALGEBRA = { data: { order: { title: 'Algebra' } } };
export const CHANGED = 'subscription { orderChanged(orderId: "1") { cursor } }';
export const TICKS = 'subscription { ticks { number } }';
export const TYPENAME = '{ __typename }';

/** A gateway before which each test speaks the protocol, and the sockets that it opens. */
export class ProtocolScene {
  /** What proving a token waits for. */
  verifying: Promise<void> | undefined;
  private world: RunningWorld | undefined;
  private readonly sockets: ProtocolSocket[] = [];

  /** A fresh one for each test of the file that calls it. */
  static forEachTest(): ProtocolScene {
    const scene = new ProtocolScene();
    beforeEach(() => scene.begin());
    afterEach(() => scene.end());
    return scene;
  }

  get running(): RunningWorld {
    if (!this.world) throw new Error('The scene begins with a test');
    return this.world;
  }

  async open(): Promise<ProtocolSocket> {
    return this.kept(await ProtocolSocket.open(this.running.url));
  }

  async connect(): Promise<ProtocolSocket> {
    return this.kept(await ProtocolSocket.connect(this.running.url));
  }

  /** Subscribes to changes of an order and waits until that is open. */
  async listening(id: string): Promise<ProtocolSocket> {
    const socket = await this.connect();
    socket.subscribe(id, CHANGED);
    expect(await socket.next()).toEqual(changed(id, '0'));
    return socket;
  }

  /** It is closed with the test. */
  kept(socket: ProtocolSocket): ProtocolSocket {
    this.sockets.push(socket);
    return socket;
  }

  private async begin(): Promise<void> {
    this.verifying = undefined;
    this.world = await startWorld({
      verify: async (token) => {
        await this.verifying;
        return verifier.verify(token);
      },
    });
  }

  private async end(): Promise<void> {
    for (const { socket } of this.sockets.splice(0)) socket.terminate();
    await this.running.close();
  }
}

export function changed(id: string, cursor: string): ProtocolMessage {
  return next(id, { data: { orderChanged: { cursor } } });
}
