import { newId } from '@tutorgraph/kit/database/id';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { MemoryEventBus } from '@tutorgraph/kit/events/memory-bus';
import { Rights } from '@tutorgraph/kit/viewer/rights';
import { emptySnapshot, type RightsSnapshot } from '@tutorgraph/kit/viewer/rights-snapshot';
import { z } from 'zod';
import { type GatewayTrust, trustWith } from '../../src/trust/trust.js';
import { verifier } from './tokens.js';

const STREAM = 'people';
const ended = defineEvent({ type: 'tutorgraph.people.session.ended.v1', description: 'x', data: z.object({}) });

/** Everybody's rights, which a test changes, and the trust of a gateway that follows them. */
export class TestRights {
  readonly trust: Required<GatewayTrust>;
  private readonly bus = new MemoryEventBus();
  readonly rights: Rights;
  private snapshot: RightsSnapshot = emptySnapshot;
  private position = 0;

  constructor() {
    const load = async () => this.snapshot;
    const source = { load, stream: STREAM, changedBy: [], sessionEndedBy: ended.type };
    this.rights = new Rights(source, this.bus);
    this.trust = trustWith(verifier, this.rights);
  }

  start(): void {
    this.rights.start();
  }

  stop(): void {
    this.rights.stop();
  }

  /** Says what is different from now on. */
  async set(change: Partial<RightsSnapshot>): Promise<void> {
    this.snapshot = { ...this.snapshot, ...change };
    await this.rights.refresh();
  }

  /** Ends a session, as every process hears of it. */
  async end(sessionId: string): Promise<void> {
    const event = ended.create({ subject: sessionId, data: {} });
    await this.bus.publish(STREAM, [{ position: this.position + 1, event }], this.position);
    this.position += 1;
  }

  /** A permission for one person, for good. */
  static grant(userId: string): RightsSnapshot['userPermissions'][number] {
    return { userId, permission: `people.${newId()}.read`, isGranted: true, until: null };
  }
}
