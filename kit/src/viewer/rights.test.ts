import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { newId } from '../database/id.js';
import { defineEvent } from '../events/event.js';
import { MemoryEventBus } from '../events/memory-bus.js';
import { Rights } from './rights.js';
import { emptySnapshot, type RightsSnapshot } from './rights-snapshot.js';
import type { Role, UserViewer } from './viewer.js';

const changed = defineEvent({ type: 'tutorgraph.people.rights.changed.v1', description: 'x', data: z.object({}) });
const ended = defineEvent({ type: 'tutorgraph.people.session.ended.v1', description: 'x', data: z.object({}) });

function viewer(role: Role, sessionId = newId()): UserViewer {
  return {
    kind: 'user',
    userId: newId(),
    sessionId,
    role,
    isVerified: true,
    locale: undefined,
    issuedAt: 0,
    expiresAt: 0,
  };
}

/** Rights over a source that a test changes, with a clock that a test moves. */
function world() {
  const state = {
    now: 0,
    reachable: true,
    failures: 0,
    loads: 0,
    /** What a snapshot has to wait for once it has been taken. */
    delay: Promise.resolve(),
    snapshot: { ...emptySnapshot, roles: [{ role: 'ADMIN', permissions: ['a.b.c'] }] } as RightsSnapshot,
  };
  const bus = new MemoryEventBus();
  const rights = new Rights(
    {
      load: async () => {
        if (!state.reachable) throw new Error('not reachable');
        state.loads += 1;
        const taken = structuredClone(state.snapshot);
        await state.delay;
        return taken;
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

  it('refuses what was granted to single people once it is older than a minute, and goes on to deny', async () => {
    const { rights, state } = world();
    const [granted, denied] = [viewer('STUDENT'), viewer('STUDENT')];
    state.snapshot.roles.push({ role: 'STUDENT', permissions: ['a.b.c'] });
    state.snapshot.userPermissions = [
      { userId: granted.userId, permission: 'a.b.d', isGranted: true, until: null },
      { userId: denied.userId, permission: 'a.b.c', isGranted: false, until: null },
    ];
    await rights.refresh();
    const decisions = () => [
      rights.allows(granted, 'a.b.c'),
      rights.allows(granted, 'a.b.d'),
      rights.allows(denied, 'a.b.c'),
    ];
    expect(decisions()).toEqual([true, true, false]);
    state.now = 60_001;
    expect(decisions()).toEqual([true, false, false]);
  });

  it('lets a grant end by the clock', async () => {
    const { rights, state } = world();
    const person = viewer('STUDENT');
    const until = new Date(Date.now() + 60_000);
    state.snapshot.userPermissions = [{ userId: person.userId, permission: 'a.b.d', isGranted: true, until }];
    await rights.refresh();
    expect(rights.allows(person, 'a.b.d')).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'], now: until });
    try {
      expect(rights.allows(person, 'a.b.d')).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows a person with the role that they were given since, and not one whose session ended', async () => {
    const { rights, state } = world();
    const [admin, gone] = [viewer('ADMIN'), viewer('ADMIN')];
    state.snapshot.roleChanges = [{ userId: admin.userId, role: 'STUDENT', changedAt: new Date() }];
    state.snapshot.revokedSessions = [gone.sessionId];
    await rights.refresh();
    expect(rights.current(admin)).toEqual({ ...admin, role: 'STUDENT' });
    expect(rights.allows(rights.current(admin), 'a.b.c')).toBe(false);
    expect(() => rights.current(gone)).toThrow('ended');
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
    const person = viewer('ADMIN');
    while (rights.allows(person, 'a.b.c')) await new Promise((resolve) => setImmediate(resolve));
    rights.stop();
  });

  it('asks once more when rights change while a snapshot is on its way, which may not know of it', async () => {
    const { rights, bus, state } = world();
    const { promise, resolve: arrive } = Promise.withResolvers<void>();
    state.delay = promise;
    rights.start();
    state.snapshot.roles = [{ role: 'ADMIN', permissions: ['a.b.d'] }];
    const event = changed.create({ subject: 'roles', data: {} });
    await bus.publish('people', [{ position: 1, event }], 0);
    await bus.publish('people', [{ position: 2, event }], 1);
    state.snapshot.roles = [{ role: 'ADMIN', permissions: ['a.b.e'] }];
    await bus.publish('people', [{ position: 3, event }], 2);
    const settled = rights.refresh();
    arrive();
    await settled;
    expect(rights.allows(viewer('ADMIN'), 'a.b.e')).toBe(true);
    expect(state.loads).toBe(2);
    rights.stop();
  });
});
