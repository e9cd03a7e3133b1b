import type { LearningCore, LearningPart } from '../core.js';
import { Accounts } from '../people/accounts.js';
import { accountsConsumer, studentNamesConsumer } from './accounts.consumer.js';
import { AdmissionResolver } from './admission.resolver.js';
import { AdmissionService } from './admission.service.js';
import { findAccountsJob } from './find-accounts.job.js';
import { InvitationService } from './invitation.service.js';
import { InvitationCodes } from './invitation-codes.js';
import { purgeInvitationsJob } from './purge-invitations.job.js';

/** Wires how people become students who are brought or invited. */
export function createAdmissions({ tools, environment }: LearningCore): LearningPart {
  const accounts = new Accounts(tools.graph);
  const findAccounts = findAccountsJob(tools.orm.em, accounts);
  const invitations = new InvitationService(new InvitationCodes(environment.SECRET_KEY), findAccounts);
  return {
    resolvers: [new AdmissionResolver(new AdmissionService(findAccounts), invitations)],
    jobs: [findAccounts, purgeInvitationsJob(tools.orm.em)],
    consumers: [accountsConsumer(tools.orm.em, accounts), studentNamesConsumer(accounts)],
  };
}
