import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { anonymous } from '@tutorgraph/kit/viewer/viewer';
import { recordAudit } from '../audit/audit.repository.js';
import { userRegistered, userRestored, userSuspended } from '../events.js';
import { messages } from '../messages/en.js';
import { hashPassword } from '../passwords/password.js';
import { findWeakness } from '../passwords/password.rules.js';
import { revokeSessionsOf } from '../sessions/session.repository.js';
import { User } from '../users/user.entity.js';
import type { AdminCommand } from './admin-arguments.js';

type Creation = Extract<AdminCommand, { name: 'create-super-admin' }>;

const TAKEN: Readonly<Record<string, string>> = {
  users_verified_email_unique: 'An account has this email address already; its role can be changed with changeRole',
  users_username_unique: 'An account has this username already; choose another',
};

/** What is done at the command line by whoever holds the database: they need no account. */
export class AdminService {
  constructor(private readonly em: EntityManager) {}

  /** Opens an account of a super admin, which nobody else can. @throws Error that says what to do */
  async createSuperAdmin(wanted: Creation & { password: string }): Promise<void> {
    const weakness = findWeakness(wanted.password, wanted);
    if (weakness) throw new Error(messages[`WEAK_PASSWORD.${weakness}`]);
    const now = new Date();
    const { name: _name, password, ...person } = wanted;
    const passwordHash = await hashPassword(password);
    await this.write(async (tx) => {
      const user = tx.create(User, {
        id: newId(),
        ...person,
        passwordHash,
        role: 'SUPER_ADMIN',
        locale: 'en',
        timeZone: 'UTC',
        emailVerifiedAt: now,
        createdAt: now,
        updatedAt: now,
      });
      recordEvent(tx, userRegistered.create({ subject: user.id, data: { role: user.role } }));
      await audit(tx, 'USER_CREATED', user);
    });
  }

  /** Suspends or restores any account, a super admin's too, on whom nobody may act through the API. */
  async setSuspended(email: string, isSuspended: boolean): Promise<void> {
    await this.write(async (tx) => {
      const user = await tx.findOne(User, { email, emailVerifiedAt: { $ne: null } });
      if (!user) throw new Error('There is no account with this email address');
      if (Boolean(user.suspendedAt) === isSuspended) return;
      const now = new Date();
      Object.assign(user, { suspendedAt: isSuspended ? now : null, updatedAt: now });
      if (isSuspended) await revokeSessionsOf(tx, user.id, 'SUSPENDED');
      recordEvent(tx, (isSuspended ? userSuspended : userRestored).create({ subject: user.id, data: {} }));
      await audit(tx, isSuspended ? 'USER_SUSPENDED' : 'USER_RESTORED', user);
    });
  }

  private async write(work: (tx: EntityManager) => Promise<void>): Promise<void> {
    try {
      await transaction(this.em, work);
    } catch (error) {
      const taken = TAKEN[violatedConstraint(error)];
      throw taken ? new Error(taken, { cause: error }) : error;
    }
  }
}

function audit(tx: EntityManager, action: 'USER_CREATED' | 'USER_SUSPENDED' | 'USER_RESTORED', user: User) {
  const atTheCommandLine = { viewer: anonymous, metadata: { requestId: `command-line-${newId()}` } };
  const details = { role: user.role, atTheCommandLine: true };
  return recordAudit(tx, atTheCommandLine, { action, subjectId: user.id, details });
}
