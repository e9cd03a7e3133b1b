import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const contact = z.object({
  displayName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  telegramId: z.string().nullable(),
  locale: z.string(),
  timeZone: z.string(),
});

/** How somebody can be reached: addresses that are proven to be theirs, and how to talk to them. */
export type Contact = z.output<typeof contact>;

const SELECTION = ['contact { displayName email phone telegramId locale timeZone }'];

/** What accounts says of how people can be reached. Call it outside transactions. */
export class Contacts {
  constructor(private readonly graph: GraphClient) {}

  /** Of one person; null for whoever has no account any longer. @throws SERVICE_UNAVAILABLE */
  async find(userId: string): Promise<Contact | null> {
    return (await this.findAll([userId])).get(userId) ?? null;
  }

  /** Of people by id, in one request; whoever has no account any longer is left out. @throws SERVICE_UNAVAILABLE */
  async findAll(userIds: readonly string[]): Promise<Map<string, Contact>> {
    const found = await this.graph.entities('accounts', 'User', userIds, SELECTION);
    return new Map(
      [...found].flatMap(([id, fields]) => {
        const known = contact.nullable().parse(fields['contact']);
        return known ? [[id, known] as const] : [];
      }),
    );
  }
}
