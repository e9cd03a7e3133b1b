import { Random } from '@tutorgraph/kit/demo/random';
import type { Client } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { HALLS } from './halls/hall-log.js';
import { CALL_HEARD, type HallListener, HallsWorld } from './halls/halls-world.js';
import { until } from './world/client.js';

interface Heard {
  callHeard: { cursor: string; call: { text: string } | null };
}

const positionOf = (cursor: string) => Number(Buffer.from(cursor, 'base64url').toString().replace(`${HALLS}:`, ''));
const cursorOf = (position: number) => Buffer.from(`${HALLS}:${position}`).toString('base64url');

/** Somebody who listens, is cut off and comes back, and remembers everything. */
class Ear {
  readonly heard: { position: number; text: string }[] = [];
  readonly codes: unknown[] = [];
  position: number | undefined;
  private client: Client | undefined;
  private isConnected = false;

  constructor(
    private readonly world: HallsWorld,
    readonly person: HallListener,
    readonly hallId: string,
  ) {}

  get isListening(): boolean {
    return this.client !== undefined;
  }

  /** Has the connection been heard of? Only then it can be cut. */
  get mayBeCut(): boolean {
    return this.isConnected;
  }

  /** Listens from now on, or from where it was. */
  begin(): void {
    const client = this.world.connect(this.person.authorization);
    this.client = client;
    const after = this.position === undefined ? undefined : cursorOf(this.position);
    const isMine = () => this.client === client;
    client.subscribe<Heard>(
      { query: CALL_HEARD, variables: { hallId: this.hallId, after } },
      {
        next: ({ data }) => {
          if (!isMine() || !data) return;
          this.isConnected = true;
          const { cursor, call } = data.callHeard;
          if (call) this.heard.push({ position: positionOf(cursor), text: call.text });
          this.position = positionOf(cursor);
        },
        error: (errors) => {
          if (!isMine()) return;
          this.client = undefined;
          this.isConnected = false;
          if (Array.isArray(errors)) this.codes.push(errors[0]?.extensions?.code);
        },
        complete: () => {},
      },
    );
  }

  /** Is cut off without a word. */
  drop(): void {
    const { client } = this;
    this.client = undefined;
    this.isConnected = false;
    client?.terminate();
  }
}

let world: HallsWorld;
afterEach(() => world?.close());

const MOST_MS = 90_000;

describe('people who come, go, are cut off and removed while much is said and replicas die', () => {
  test.each([1, 2, 3, 4])(
    'hear all that is theirs once and in order, and nothing after their removal: %i',
    async (seed) => {
      world = await HallsWorld.start({ mode: seed % 2 ? 'remote' : 'in-process', replicas: 3 });
      const random = new Random('broadcast', seed);
      const calls: { hallId: string; position: number; text: string }[] = [];
      const removed = new Map<Ear, number>();
      const ears: Ear[] = [];
      const pick = (isSo: (ear: Ear) => boolean) => {
        const fitting = ears.filter((ear) => !removed.has(ear) && isSo(ear));
        return fitting.length > 0 ? random.pick(fitting) : undefined;
      };
      const note = (hallId: string, count: number, from: number) => {
        const said = Array.from({ length: count }, (_, index) => ({
          hallId,
          position: from + index,
          text: `call ${from + index}`,
        }));
        calls.push(...said);
        return said.map(({ text }) => text);
      };
      const actions = [
        async () => {
          const hallId = random.chance(0.7) ? '1' : '2';
          const ear = new Ear(world, await world.person([hallId]), hallId);
          ears.push(ear);
          ear.begin();
        },
        async () => pick((ear) => ear.mayBeCut)?.drop(),
        async () => pick((ear) => !ear.isListening)?.begin(),
        async () => {
          const ear = pick(() => random.chance(0.5));
          if (!ear) return;
          removed.set(ear, world.log.top + 1);
          const texts = note(ear.hallId, 2, world.log.top + 2);
          await world.log.remove(ear.hallId, ear.person.userId, ...texts);
        },
      ];
      for (let step = 0; step < 80; step += 1) {
        const hallId = random.chance(0.7) ? '1' : '2';
        const said = world.log.call(hallId, ...note(hallId, random.integer(1, 4), world.log.top + 1));
        if (random.chance(0.5)) await said;
        const action = step < 15 ? actions[0] : random.pick(actions);
        await action?.();
        if (step === 30 || step === 60) await world.replicas.find(({ sockets }) => sockets > 0)?.kill();
        if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.integer(0, 10)));
      }
      const staying = ears.filter((ear) => !removed.has(ear));
      for (const ear of staying) if (!ear.isListening) ear.begin();
      await until(() => staying.every(({ position }) => position !== undefined));
      for (const hallId of ['1', '2']) await world.log.call(hallId, ...note(hallId, 1, world.log.top + 1));
      const lastOf = (hallId: string) => calls.findLast((call) => call.hallId === hallId)?.position;
      await until(() => staying.every((ear) => ear.heard.at(-1)?.position === lastOf(ear.hallId)));
      await world.settled(new Set(staying.map(({ hallId }) => hallId)).size);
      for (const ear of ears) {
        const first = ear.heard[0]?.position ?? 0;
        const end = ear.heard.at(-1)?.position ?? 0;
        const theirs = calls.filter(
          ({ hallId, position }) => hallId === ear.hallId && position >= first && position <= end,
        );
        expect(ear.heard).toEqual(theirs.map(({ position, text }) => ({ position, text })));
        expect(end).toBeLessThan(removed.get(ear) ?? Number.POSITIVE_INFINITY);
        expect(ear.codes.filter((code) => code !== 'FORBIDDEN')).toEqual([]);
      }
      expect(world.openedBy).toContain('gateway');
    },
    MOST_MS,
  );
});
