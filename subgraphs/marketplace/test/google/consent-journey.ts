import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { Market } from '../market.js';
import type { OAuthClient } from './google-accounts.js';
import type { GoogleServer } from './google-server.js';

/** People's way to Google and back, as their browsers go it. */
export class ConsentJourney {
  constructor(
    private readonly market: Market,
    private readonly served: ServedSubgraph,
    private readonly google: GoogleServer,
    private readonly client: OAuthClient,
  ) {}

  /** Where somebody is asked for consent. */
  async addressOf(person: TestPerson): Promise<URL> {
    const { data } = await this.market.run('{ googleCalendarConsent { address expiresAt } }', {}, person);
    const address = new URL((data['googleCalendarConsent'] as { address: string }).address);
    this.client.redirectUri = address.searchParams.get('redirect_uri') ?? '';
    return address;
  }

  /** Follows the way back. @returns where the browser is sent then */
  async comeBack(query: Record<string, string>): Promise<{ status: number; to: URL | undefined }> {
    const address = new URL(new URL(this.client.redirectUri).pathname, this.served.url);
    address.search = new URLSearchParams(query).toString();
    const response = await fetch(address, { redirect: 'manual' });
    const location = response.headers.get('location');
    return { status: response.status, to: location ? new URL(location) : undefined };
  }

  /** What somebody brings back who allowed all to their account, or all but one scope. */
  async ticketOf(person: TestPerson, user: string, withheld?: string): Promise<string> {
    const address = await this.addressOf(person);
    const code = this.google.accounts.consent(user, address, withheld);
    const { to } = await this.comeBack({ state: address.searchParams.get('state') ?? '', code });
    const ticket = to?.searchParams.get('ticket');
    if (!ticket) throw new Error('There is no ticket');
    return ticket;
  }
}
