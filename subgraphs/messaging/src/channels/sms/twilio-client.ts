import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { TwilioOptions } from './twilio-sms-sender.js';

/** Sends the SDK's requests to another address than its own, within one budget of time. */
class AddressedClient extends twilio.RequestClient {
  constructor(
    private readonly baseUrl: string | undefined,
    private readonly budgetMs: number,
  ) {
    super({ timeout: budgetMs });
  }

  override async request<Data>(request: RequestClient.RequestOptions<Data>) {
    const { pathname, search } = new URL(request.uri);
    const uri = this.baseUrl ? `${this.baseUrl.replace(/\/+$/, '')}${pathname}${search}` : request.uri;
    let timer: NodeJS.Timeout | undefined;
    // The SDK's own timeout begins anew with every byte of the answer.
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new DOMException('no answer in time', 'TimeoutError')), this.budgetMs);
    });
    try {
      return await Promise.race([super.request<Data>({ ...request, uri }), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Twilio's SDK for one account. */
export function createTwilioClient({ accountSid, authToken, baseUrl, budgetMs = 15_000 }: TwilioOptions) {
  return twilio(accountSid, authToken, {
    httpClient: new AddressedClient(baseUrl, budgetMs),
    // The environment could make the SDK print what it sends.
    logLevel: 'none',
  });
}
