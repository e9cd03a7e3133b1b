import { AccountMessages } from '../accounts/account-messages.js';
import type { MessagingCore, MessagingPart } from '../core.js';
import { accountMessagesConsumer } from './account-messages.consumer.js';
import { deliverCodeJob } from './deliver-code.job.js';
import { deliverNoticeJob } from './deliver-notice.job.js';

/** Wires what accounts has us send: codes, and what happened to accounts. */
export function createAccountMessages({ tools, channels }: MessagingCore): MessagingPart {
  const { graph, messages, orm } = tools;
  const accounts = new AccountMessages(graph);
  const deliverCode = deliverCodeJob(accounts, channels, messages);
  const deliverNotice = deliverNoticeJob({ em: orm.em, accounts, channels, messages });
  return {
    resolvers: [],
    jobs: [deliverCode, deliverNotice],
    consumers: [accountMessagesConsumer(deliverCode, deliverNotice)],
  };
}
