import { createHash, createHmac, hkdfSync } from 'node:crypto';

/**
 * Codes of invitations, derived from their ids and a key of ours: whoever delivers one derives it again, so that no table, event
 * or job ever holds it. What is stored is a hash, by which it is found.
 */
export class InvitationCodes {
  private readonly key: Buffer;

  /** @param secret the settings' secret, from which a key for nothing else is derived */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'tutorgraph student invitations', 32));
  }

  /** The code of an invitation: 32 characters that nobody guesses (192 bits). */
  codeOf(invitationId: string): string {
    return createHmac('sha256', this.key).update(invitationId).digest().subarray(0, 24).toString('base64url');
  }

  /** What is stored of a code. */
  hashOf(code: string): string {
    return createHash('sha256').update(code).digest('base64url');
  }
}
