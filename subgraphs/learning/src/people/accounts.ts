import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { type Role, staffRoles } from '@tutorgraph/kit/viewer/viewer';
import { z } from 'zod';

const known = z.object({ role: z.string(), isErased: z.boolean() });
const provenAccount = z.object({ displayName: z.string(), email: z.string().nullable() });
const provenAddresses = z.array(z.object({ email: z.string(), userId: z.uuid() }));

/** What an account calls its owner, and the address that they have proven. */
export type ProvenAccount = z.output<typeof provenAccount>;

const PROVEN = 'query ($emails: [String!]!) { provenAddresses(emails: $emails) { email userId } }';

/** What accounts says of people. Ask it outside transactions. */
export class Accounts {
  constructor(private readonly graph: GraphClient) {}

  /** Is there such an account? @throws SERVICE_UNAVAILABLE */
  async exists(userId: string): Promise<boolean> {
    return (await this.find(userId)) !== null;
  }

  /** Does this account belong to somebody who works for the school? @throws SERVICE_UNAVAILABLE */
  async isStaff(userId: string): Promise<boolean> {
    const found = await this.find(userId);
    return found !== null && staffRoles.has(found.role as Role);
  }

  /** What an account calls its owner, and their address if it is proven; null when it is gone. @throws SERVICE_UNAVAILABLE */
  async findProven(userId: string): Promise<ProvenAccount | null> {
    const found = await this.graph.entities('accounts', 'User', [userId], ['contact { displayName email }']);
    return provenAccount.nullable().parse(found.get(userId)?.['contact'] ?? null);
  }

  /** The accounts that have proven these addresses, by address in lower case. @throws SERVICE_UNAVAILABLE */
  async findByAddress(emails: readonly string[]): Promise<Map<string, string>> {
    if (emails.length === 0) return new Map();
    const data = await this.graph.query('accounts', { query: PROVEN, variables: { emails } }, ['provenAddresses']);
    const found = provenAddresses.parse(data['provenAddresses']);
    return new Map(found.map(({ email, userId }) => [email, userId]));
  }

  private async find(userId: string): Promise<z.output<typeof known> | null> {
    const found = await this.graph.entities('accounts', 'User', [userId], ['role', 'isErased']);
    const account = known.safeParse(found.get(userId)).data;
    return account && !account.isErased ? account : null;
  }
}
