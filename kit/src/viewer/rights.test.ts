import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { newId } from '../database/id.js';
import { defineEvent } from '../events/event.js';
import { MemoryEventBus } from '../events/memory-bus.js';
import { Rights, type RightsSnapshot } from './rights.js';
import type { Role, UserViewer } from './viewer.js';

const changed = defineEvent({ type: 'tutorgraph.people.rights.changed.v1', description: 'x', data: z.object({}) });
const ended = defineEvent({ type: 'tutorgraph.people.session.ended.v1', description: 'x', data: z.object({}) });

function viewer(role: Role, sessionId = newId()): UserViewer {
  return { kind: 'user', userId: newId(), sessionId, role, isVerified: true, locale: undefined, expiresAt: 0 };
}

/** Rights over a source that a test changes, with a clock that a test moves. */
function world() {
  const state = {
    now: 0,
    reachable: true,
    failures: 0,
    snapshot: { roles: [{ role: 'ADMIN', permissions: ['a.b.c'] }], revokedSessions: [] } as RightsSnapshot,
  };
  const bus = new MemoryEventBus();
  const rights = new Rights(
    {
      load: async () => {
        if (!state.reachable) throw new Error('not reachable');
        return structuredClone(state.snapshot);
      },
      stream: 'people',
      changedBy: [changed.type],
      sessionEndedBy: ended.type,
    },
    bus,
    () => {
      state.failures += 1;
    },
    () => state.now,
  );
  return { state, bus, rights };
}

describe('the copy of rights', () => {
  it('allows nobody anything before the first snapshot', () => {
    const { rights } = world();
    expect(rights.allows(viewer('SUPER_ADMIN'), 'a.b.c')).toBe(false);
  });

  it('allows what the snapshot says and nothing else', async () => {
    const { rights } = world();
    await rights.refresh();
    expect(rights.allows(viewer('ADMIN'), 'a.b.c')).toBe(true);
    expect(rights.allows(viewer('ADMIN'), 'a.b.d')).toBe(false);
    expect(rights.allows(viewer('STUDENT'), 'a.b.c')).toBe(false);
  });

  it('refuses staff once it is older than a minute, and not people', async () => {
    const { rights, state } = world();
    state.snapshot.roles.push({ role: 'STUDENT', permissions: ['a.b.c'] });
    await rights.refresh();
    state.reachable = false;
    state.now = 60_001;
    await rights.refresh();
    expect(state.failures).toBe(1);
    expect(rights.allows(viewer('ADMIN'), 'a.b.c')).toBe(false);
    expect(rights.allows(viewer('STUDENT'), 'a.b.c')).toBe(true);
    state.reachable = true;
    await rights.refresh();
    expect(rights.allows(viewer('ADMIN'), 'a.b.c')).toBe(true);
  });

  it('ends a session with the event, before any new snapshot', async () => {
    const { rights, bus } = world();
    await rights.refresh();
    rights.start();
    const sessionId = newId();
    const told = new Promise<string>((resolve) => rights.onSessionEnded(resolve));
    await bus.publish('people', [{ position: 1, event: ended.create({ subject: sessionId, data: {} }) }], 0);
    expect(await told).toBe(sessionId);
    expect(rights.isRevoked(sessionId)).toBe(true);
    rights.stop();
  });

  it('keeps a session ended when a snapshot comes in that was asked for before', async () => {
    const { rights, bus } = world();
    rights.start();
    const asked = rights.refresh();
    const sessionId = newId();
    await bus.publish('people', [{ position: 1, event: ended.create({ subject: sessionId, data: {} }) }], 0);
    await asked;
    expect(rights.isRevoked(sessionId)).toBe(true);
    rights.stop();
  });

  it('asks again when an event says that rights changed', async () => {
    const { rights, bus, state } = world();
    await rights.refresh();
    rights.start();
    await rights.refresh();
    state.snapshot.roles = [];
    await bus.publish('people', [{ position: 1, event: changed.create({ subject: 'roles', data: {} }) }], 0);
    await rights.refresh();
    expect(rights.allows(viewer('ADMIN'), 'a.b.c')).toBe(false);
    rights.stop();
  });
});
