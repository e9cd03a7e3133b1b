import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { AccountMessageResolver } from '../account-messages/account-message.resolver.js';
import { AccountMessageService } from '../account-messages/account-message.service.js';
import { purgeCodesJob } from '../jobs/purge-codes.job.js';
import { purgeNoticesJob } from '../jobs/purge-notices.job.js';
import { purgeUnverifiedAccountsJob } from '../jobs/purge-unverified-accounts.job.js';
import { NoticeService } from '../notices/notice.service.js';
import { settledNoticesConsumer } from '../notices/settled-notices.consumer.js';
import { PasswordResolver } from '../passwords/password.resolver.js';
import { PasswordService } from '../passwords/password.service.js';
import { RegistrationService } from '../users/registration.service.js';
import { CodeService } from './code.service.js';
import { CodeLimits } from './code-limits.js';
import { CodeSecret } from './code-secret.js';
import { EmailVerificationService } from './email-verification.service.js';
import { PhoneVerificationService } from './phone-verification.service.js';
import { TextMessages } from './text-messages.js';
import { VerificationResolver } from './verification.resolver.js';

/** What the room is made of wherever codes and notices are sent. */
export interface Codes extends Required<Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers'>> {
  notices: NoticeService;
  registration: RegistrationService;
}

/** Wires codes, passwords and notices. @param secret the settings' secret */
export function createCodes(
  { orm: { em }, rateLimiter, graph }: Pick<RoomTools, 'orm' | 'rateLimiter' | 'graph'>,
  secret: string,
): Codes {
  const codeSecret = new CodeSecret(secret);
  const codes = new CodeService(codeSecret);
  const notices = new NoticeService();
  const limits = new CodeLimits(rateLimiter);
  const emails = new EmailVerificationService(codes, notices, limits);
  const phones = new PhoneVerificationService(codes, limits, new TextMessages(graph));
  return {
    resolvers: [
      new VerificationResolver(emails, phones),
      new PasswordResolver(new PasswordService(codes, notices, limits)),
      new AccountMessageResolver(new AccountMessageService(codeSecret)),
    ],
    jobs: [purgeCodesJob(em), purgeNoticesJob(em), purgeUnverifiedAccountsJob(em)],
    consumers: [settledNoticesConsumer],
    notices,
    registration: new RegistrationService(emails, limits),
  };
}
