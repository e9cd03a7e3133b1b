import { callOutside } from '@tutorgraph/kit/outside/outside-call';
import { OutsideError, reasonOfStatus, retryAfterMs } from '@tutorgraph/kit/outside/outside-error';
import { z } from 'zod';
import { type CredentialVerdict, credentialVerdicts, type VerificationKind } from './verification.rules.js';

/** What a checker is asked about; no file of it leaves us. */
export interface Credential {
  /** Ours; the same however often it is asked. */
  id: string;
  kind: VerificationKind;
  title: string;
  issuer: string;
  number?: string | null;
  /** `YYYY-MM-DD` */
  issuedOn?: string | null;
  /** How the tutor is called in public. */
  holder: string;
}

/** What a checker says. */
export interface CredentialAnswer {
  verdict: CredentialVerdict;
  /** Under which it knows its answer. */
  reference: string | null;
}

/** Where the checker is. */
export interface CredentialCheckerOptions {
  url: string;
  /** Sent as bearer token. */
  token?: string | undefined;
  /** Milliseconds for all tries together. @default 15000 */
  budgetMs?: number | undefined;
  /** The first pause between two tries, in milliseconds. @default 300 */
  firstPauseMs?: number | undefined;
}

const SERVICE = 'The credential checker';
const MOST_BYTES = 64 * 1024;

const checkerAnswer = z.object({
  verdict: z.enum(credentialVerdicts),
  reference: z.string().trim().min(1).max(200).nullish().default(null),
});

/**
 * An outside service that knows credentials. It is sent a POST with the credential as JSON, under an `idempotency-key` that
 * is the same at each try, and answers `{ "verdict": "CONFIRMED" | "REFUTED" | "UNKNOWN", "reference": "…" }`.
 */
export class CredentialChecker {
  constructor(private readonly options: CredentialCheckerOptions) {}

  /** @throws OutsideError when it does not answer so */
  check(credential: Credential): Promise<CredentialAnswer> {
    const { budgetMs = 15_000, firstPauseMs } = this.options;
    return callOutside(SERVICE, (signal) => this.ask(credential, signal), { budgetMs, firstPauseMs });
  }

  private async ask(credential: Credential, signal: AbortSignal): Promise<CredentialAnswer> {
    const { url, token } = this.options;
    const { id, kind, title, issuer, number = null, issuedOn = null, holder } = credential;
    const response = await fetch(url, {
      method: 'POST',
      // What we send goes nowhere else: a checker that moved is set anew.
      redirect: 'manual',
      signal,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ id, kind, title, issuer, number, issuedOn, holder }),
    });
    const text = await readText(response);
    const { status } = response;
    if (!response.ok) {
      const facts = { status, retryAfterMs: retryAfterMs(response.headers.get('retry-after')) };
      throw new OutsideError(SERVICE, reasonOfStatus(status), facts);
    }
    const answer = checkerAnswer.safeParse(parsed(text));
    if (!answer.success) throw new OutsideError(SERVICE, 'REFUSED', { status, detail: 'NOT_AS_AGREED' });
    return answer.data;
  }
}

async function readText({ body, status }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new OutsideError(SERVICE, 'REFUSED', { status, detail: 'TOO_LONG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
