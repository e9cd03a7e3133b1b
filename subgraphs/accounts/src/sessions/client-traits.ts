import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';

const LONGEST_USER_AGENT = 300;

/** What a session keeps of the client that uses it, for its owner to know it again. */
export function describeClient({ userAgent, clientAddress }: Pick<RequestMetadata, 'userAgent' | 'clientAddress'>): {
  userAgent: string | null;
  networkAddress: string | null;
} {
  const agent = userAgent?.replace(/\p{C}+/gu, ' ').trim();
  return { userAgent: agent?.slice(0, LONGEST_USER_AGENT) || null, networkAddress: clientAddress || null };
}
