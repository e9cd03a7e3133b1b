import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { AudienceResolver } from './audiences/audience.resolver.js';
import { AudienceService } from './audiences/audience.service.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { AuditService } from './audit/audit.service.js';
import { staffActionsConsumers } from './audit/staff-actions.consumer.js';
import { createCodes } from './codes/codes.js';
import { DashboardResolver } from './dashboards/dashboard.resolver.js';
import { DashboardService } from './dashboards/dashboard.service.js';
import { readAccountsEnvironment, telegramBot } from './environment.js';
import { purgePermissionsJob } from './jobs/purge-permissions.job.js';
import { purgeSessionsJob } from './jobs/purge-sessions.job.js';
import { purgeTelegramSignInsJob } from './jobs/purge-telegram-sign-ins.job.js';
import { rotateSigningKeysJob } from './jobs/rotate-signing-keys.job.js';
import { createPrivacy } from './privacy/privacy.js';
import { loadCatalogue } from './rights/catalogue.js';
import { RightsResolver } from './rights/rights.resolver.js';
import { RightsService } from './rights/rights.service.js';
import { RolePermissionsResolver } from './rights/role-permissions.resolver.js';
import { RolePermissionsService } from './rights/role-permissions.service.js';
import { UserPermissionsResolver } from './rights/user-permissions.resolver.js';
import { UserPermissionsService } from './rights/user-permissions.service.js';
import { ActiveSessionResolver } from './sessions/active-session.resolver.js';
import { ActiveSessionService } from './sessions/active-session.service.js';
import { SessionResolver } from './sessions/session.resolver.js';
import { SessionService } from './sessions/session.service.js';
import { SessionLimits } from './sessions/session-limits.js';
import { SignInService } from './sessions/sign-in.service.js';
import { SigningKeyService } from './signing-keys/signing-key.service.js';
import { StaffResolver } from './staff/staff.resolver.js';
import { StaffService } from './staff/staff.service.js';
import { TelegramResolver } from './telegram/telegram.resolver.js';
import { TelegramService } from './telegram/telegram.service.js';
import { createUploads } from './uploads/uploads.js';
import { ContactResolver } from './users/contact.resolver.js';
import { UserResolver } from './users/user.resolver.js';
import { UserService } from './users/user.service.js';

/** Wires the accounts room. */
export function createAccounts({ orm, rateLimiter, graph, storage, rooms, settings }: RoomTools): RoomParts {
  const environment = readAccountsEnvironment(settings);
  const { SECRET_KEY: secret } = environment;
  const limits = new SessionLimits(rateLimiter);
  const keys = new SigningKeyService(orm.em, secret);
  const sessions = new SessionService(keys, secret);
  const rights = new RightsService();
  const uploads = createUploads({ orm, storage });
  const codes = createCodes({ orm, rateLimiter, graph }, secret);
  const privacy = createPrivacy({ orm, storage, rooms }, codes.notices);
  return {
    resolvers: [
      new UserResolver(new UserService(), codes.registration),
      new ContactResolver(),
      new SessionResolver(sessions, new SignInService(sessions, limits)),
      new ActiveSessionResolver(new ActiveSessionService()),
      new TelegramResolver(new TelegramService(sessions, telegramBot(environment))),
      new RightsResolver(rights),
      new RolePermissionsResolver(new RolePermissionsService()),
      new UserPermissionsResolver(new UserPermissionsService()),
      new AuditResolver(new AuditService()),
      new AudienceResolver(new AudienceService()),
      new DashboardResolver(new DashboardService()),
      new StaffResolver(new StaffService(codes.notices)),
      ...codes.resolvers,
      ...uploads.resolvers,
      ...privacy.resolvers,
    ],
    jobs: [
      rotateSigningKeysJob(keys),
      purgeSessionsJob(orm.em),
      purgePermissionsJob(orm.em),
      purgeTelegramSignInsJob(orm.em),
      ...codes.jobs,
      ...uploads.jobs,
      ...privacy.jobs,
    ],
    consumers: [...codes.consumers, ...privacy.consumers, ...staffActionsConsumers(rooms)],
    jwks: () => keys.jwks(),
    async prepare() {
      await rights.introduce(orm.em, await loadCatalogue());
      await keys.ensureKey();
    },
    routes(app) {
      app.get('/.well-known/jwks.json', async (_request, reply) =>
        reply.header('cache-control', 'public, max-age=60').send(await keys.jwks()),
      );
    },
  };
}
