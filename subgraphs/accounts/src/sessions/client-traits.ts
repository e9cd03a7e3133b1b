import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';
import Bowser from 'bowser';

const LONGEST_USER_AGENT = 300;

/** What a session keeps of the client that uses it, for its owner to know it again. */
export function describeClient({ userAgent, clientAddress }: Pick<RequestMetadata, 'userAgent' | 'clientAddress'>): {
  userAgent: string | null;
  networkAddress: string | null;
} {
  // Control characters, invisible ones and halves of characters: none belongs on somebody's screen.
  const agent = userAgent?.replace(/\p{C}+/gu, ' ').trim();
  return { userAgent: agent?.slice(0, LONGEST_USER_AGENT).trim() || null, networkAddress: clientAddress || null };
}

/** A device as its owner calls it: "Chrome on Windows"; a program without a browser by its own name; else null. */
export function nameDevice(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent);
  const program = browser.name || /^(?!Mozilla\b)[\w.-]+(?=\/)/.exec(userAgent)?.[0];
  if (program && os.name) return `${program} on ${os.name}`;
  return program || os.name || null;
}
