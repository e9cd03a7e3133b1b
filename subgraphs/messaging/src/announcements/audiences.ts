import type { EntityManager } from '@mikro-orm/postgresql';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';
import { findUsersOfTopic } from '../devices/device.repository.js';
import { Ask } from '../facts/ask.js';
import { peopleOf } from '../facts/people.js';
import type { Audience } from './announcement.entity.js';
import { countListeners } from './announcement.repository.js';

/** Somebody who gets a sending. */
export interface Addressee {
  userId: string;
  timeZone: string;
}

/** Some people of an audience. */
interface AddresseePage {
  addressees: Addressee[];
  /** How many people of the audience these were, with those whom nothing can be told. */
  gone: number;
  /** The last one of them; null when there were none. */
  lastUserId: string | null;
  hasMore: boolean;
}

const TYPES = `$role: Role, $locale: String, $registeredAfter: DateTime, $registeredBefore: DateTime,
  $inactiveSinceDays: Int, $emailVerified: Boolean`;
const GIVEN = `role: $role, locale: $locale, registeredAfter: $registeredAfter, registeredBefore: $registeredBefore,
  inactiveSinceDays: $inactiveSinceDays, emailVerified: $emailVerified`;
const PAGE = `query (${TYPES}, $first: Int!, $after: ID) {
  audience(${GIVEN}, first: $first, after: $after) { id timeZone } }`;
const SIZE = `query (${TYPES}) { audienceSize(${GIVEN}) }`;
const members = z.array(z.object({ id: z.uuid(), timeZone: z.string() }));

/** Who gets a sending, in the order of their ids. Ask it outside transactions. */
export class Audiences {
  constructor(private readonly graph: GraphClient) {}

  /** How many people it is now. */
  async size(em: EntityManager, audience: Audience): Promise<number> {
    if (audience.userIds) return audience.userIds.length;
    if (audience.topic) return countListeners(em, audience.topic);
    const request = { query: SIZE, variables: traitsOf(audience) };
    const data = await this.graph.query('accounts', request, ['audienceSize']);
    return z.number().int().parse(data['audienceSize']);
  }

  /** The next people after one. */
  async after(em: EntityManager, audience: Audience, after: string | null, first: number): Promise<AddresseePage> {
    if (audience.userIds) {
      const behind = audience.userIds.toSorted().filter((id) => !after || id > after);
      return this.known(em, behind.slice(0, first), behind.length > first);
    }
    if (audience.topic) {
      const ids = await findUsersOfTopic(em, audience.topic, { limit: first + 1, after });
      return this.known(em, ids.slice(0, first), ids.length > first);
    }
    const request = { query: PAGE, variables: { ...traitsOf(audience), first, after } };
    const data = await this.graph.query('accounts', request, ['audience']);
    const addressees = members.parse(data['audience']).map(({ id, timeZone }) => ({ userId: id, timeZone }));
    const lastUserId = addressees.at(-1)?.userId ?? null;
    return { addressees, gone: addressees.length, lastUserId, hasMore: addressees.length === first };
  }

  /** Of people by their ids those who may sign in. */
  private async known(em: EntityManager, ids: readonly string[], hasMore: boolean): Promise<AddresseePage> {
    const people = await peopleOf(new Ask(this.graph, em), ids);
    const addressees = ids.flatMap((userId) => {
      const person = people.get(userId);
      return person && !person.isErased && !person.isSuspended ? [{ userId, timeZone: person.timeZone }] : [];
    });
    return { addressees, gone: ids.length, lastUserId: ids.at(-1) ?? null, hasMore };
  }
}

function traitsOf({ role, segment }: Audience): Record<string, unknown> {
  return { ...segment, ...(role && { role }) };
}
