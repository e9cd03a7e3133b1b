import type { Delivery } from '@tutorgraph/kit/delivery/create-delivery';
import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { deliverCodeJob } from '../jobs/deliver-code.job.js';
import { deliverNoticeJob } from '../jobs/deliver-notice.job.js';
import { purgeCodesJob } from '../jobs/purge-codes.job.js';
import { purgeNoticesJob } from '../jobs/purge-notices.job.js';
import { purgeUnverifiedAccountsJob } from '../jobs/purge-unverified-accounts.job.js';
import { NoticeService } from '../notices/notice.service.js';
import { PasswordResolver } from '../passwords/password.resolver.js';
import { PasswordService } from '../passwords/password.service.js';
import { RegistrationService } from '../users/registration.service.js';
import { CodeService } from './code.service.js';
import { CodeLimits } from './code-limits.js';
import { CodeSecret } from './code-secret.js';
import { EmailVerificationService } from './email-verification.service.js';
import { PhoneVerificationService } from './phone-verification.service.js';
import { VerificationResolver } from './verification.resolver.js';

/** What the room is made of wherever codes and notices are sent. */
export interface Codes extends Required<Pick<RoomParts, 'resolvers' | 'jobs'>> {
  notices: NoticeService;
  registration: RegistrationService;
}

/** Wires codes, passwords and notices. @param secret the settings' secret */
export function createCodes(
  { orm: { em }, rateLimiter, messages }: Pick<RoomTools, 'orm' | 'rateLimiter' | 'messages'>,
  delivery: Pick<Delivery, 'mailer' | 'smsSender'>,
  secret: string,
): Codes {
  const codeSecret = new CodeSecret(secret);
  const deliverCode = deliverCodeJob(em, delivery, messages, codeSecret);
  const deliverNotice = deliverNoticeJob(em, delivery.mailer, messages);
  const codes = new CodeService(codeSecret, deliverCode);
  const notices = new NoticeService(deliverNotice);
  const limits = new CodeLimits(rateLimiter);
  const emails = new EmailVerificationService(codes, notices, limits);
  const phones = new PhoneVerificationService(codes, limits, delivery.smsSender !== undefined);
  return {
    resolvers: [
      new VerificationResolver(emails, phones),
      new PasswordResolver(new PasswordService(codes, notices, limits)),
    ],
    jobs: [deliverCode, deliverNotice, purgeCodesJob(em), purgeNoticesJob(em), purgeUnverifiedAccountsJob(em)],
    notices,
    registration: new RegistrationService(emails, limits),
  };
}
