import { z } from 'zod';
import type { Contact } from '../../accounts/contacts.js';
import type { Channel, OutgoingMessage, SendResult } from '../channel.js';
import { type DeliveryError, refused, unavailable } from '../delivery-error.js';
import { type HttpAnswer, post } from '../http-call.js';
import { ProviderFailure, plainCode } from '../provider-failure.js';

/** The bot that writes, and how long Telegram may take. */
export interface TelegramOptions {
  token: string;
  /** Where the Bot API is. @default https://api.telegram.org */
  apiUrl?: string | undefined;
  /** Milliseconds for one message. @default 10000 */
  budgetMs?: number;
}

/** Telegram takes no longer text. */
const MOST_CHARACTERS = 4096;
const OWN_URL = 'https://api.telegram.org';

const sent = z.object({ ok: z.literal(true), result: z.object({ message_id: z.number().int() }) });
const failed = z.object({
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().int().nonnegative().optional() }).optional(),
});

/** Messages of our bot to people who have linked Telegram. */
export class TelegramChannel implements Channel {
  readonly name = 'TELEGRAM';

  constructor(private readonly options: TelegramOptions) {}

  async send(message: OutgoingMessage, { telegramId }: Contact): Promise<SendResult> {
    if (!telegramId) throw refused('NO_ADDRESS', 'The person has not linked Telegram');
    const { token, apiUrl = OWN_URL, budgetMs } = this.options;
    const answer = await post('Telegram', {
      url: `${apiUrl.replace(/\/+$/, '')}/bot${token}/sendMessage`,
      // No markup is parsed: what people wrote shows as they wrote it.
      body: {
        chat_id: telegramId,
        text: telegramText(message),
        link_preview_options: { is_disabled: true },
        disable_notification: message.urgency === 'LOW',
      },
      budgetMs,
    });
    const taken = sent.safeParse(answer.body).data;
    if (!taken) throw readFailure(answer);
    return { status: 'DELIVERED', providerMessageId: String(taken.result.message_id) };
  }
}

/** The title, the body, and where it leads; cut where Telegram would refuse it. */
export function telegramText({ title, body, url }: OutgoingMessage): string {
  const end = url ? `\n\n${url}` : '';
  const text = title ? `${title}\n\n${body}` : body;
  const room = MOST_CHARACTERS - end.length;
  return `${text.length > room ? `${text.slice(0, room - 1)}…` : text}${end}`;
}

function readFailure({ status, body, retryAfterSeconds }: HttpAnswer): DeliveryError {
  const { description = '', parameters } = failed.safeParse(body).data ?? {};
  const cause = new ProviderFailure(status, plainCode(description.replaceAll(/\W+/g, '_')));
  if (status === 403) return refused('BLOCKED_BY_USER', 'The person takes no messages of our bot', { cause });
  if (status === 400) {
    const isUnknown = /chat not found|user not found/i.test(description);
    return refused(isUnknown ? 'NO_ADDRESS' : 'REFUSED', 'Telegram refuses this message for good', { cause });
  }
  const isOurs = status === 401 || status === 404;
  return unavailable(
    isOurs
      ? 'Telegram does not know our bot; correct TELEGRAM_BOT_TOKEN'
      : 'Telegram does not take the message now; it can be tried again',
    { cause, retryAfterSeconds: parameters?.retry_after ?? retryAfterSeconds },
  );
}
