import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const codeMessage = z.object({
  userId: z.uuid(),
  recipient: z.string(),
  purpose: z.enum(['EMAIL', 'PHONE', 'PASSWORD']),
  code: z.string(),
  minutes: z.number().int(),
  locale: z.string(),
});
/** A code that is to be sent. It is a secret: it goes into the message and nowhere else. */
export type CodeMessage = z.output<typeof codeMessage>;

const noticeMessage = z.object({
  userId: z.uuid(),
  recipient: z.string(),
  notice: z.string(),
  locale: z.string(),
});
/** Something that happened to an account, of which its owner is to be told by mail. */
export type NoticeMessage = z.output<typeof noticeMessage>;

const CODE = `query ($id: ID!) { codeMessage(id: $id) { userId recipient purpose code minutes locale } }`;
const NOTICE = `query ($id: ID!) { noticeMessage(id: $id) { userId recipient notice locale } }`;

/** What accounts wants to be sent. Call it outside transactions. */
export class AccountMessages {
  constructor(private readonly graph: GraphClient) {}

  /** A code; null when it is worth nothing any longer. @throws SERVICE_UNAVAILABLE */
  async findCode(id: string): Promise<CodeMessage | null> {
    const data = await this.graph.query('accounts', { query: CODE, variables: { id } }, ['codeMessage']);
    return codeMessage.nullable().parse(data['codeMessage']);
  }

  /** A notice; null when it was sent, or there is nobody to send it to. @throws SERVICE_UNAVAILABLE */
  async findNotice(id: string): Promise<NoticeMessage | null> {
    const data = await this.graph.query('accounts', { query: NOTICE, variables: { id } }, ['noticeMessage']);
    return noticeMessage.nullable().parse(data['noticeMessage']);
  }
}
