import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { recordAudit } from '../audit/audit.repository.js';
import { userRegistered, userUpdated } from '../events.js';
import type { IssuedSession, SessionService } from '../sessions/session.service.js';
import { recordSignInFailure } from '../sessions/sign-in-failure.js';
import type { User } from '../users/user.entity.js';
import { lockUserForChange } from '../users/user.lock.js';
import type { AccountErrorCode } from '../users/user.types.js';
import { type InitData, readInitData, type TelegramBot } from './init-data.rules.js';
import { findOrAddTelegramUser, findUserByTelegram, linkTelegramId, useInitData } from './telegram.repository.js';
import { profileOf, type TelegramTraits, traitsOf } from './telegram-profile.js';

/** Signing in from a Mini App in Telegram, and linking accounts to it. */
export class TelegramService {
  /** @param bot the bot whose Mini App people open; undefined where there is none */
  constructor(
    private readonly sessions: SessionService,
    private readonly bot: TelegramBot | undefined,
  ) {}

  /**
   * Opens a session for whom Telegram vouches; the first time it opens an account without a password.
   *
   * @throws Refusal TELEGRAM_UNAVAILABLE, TELEGRAM_INVALID, TELEGRAM_EXPIRED, TELEGRAM_REPLAYED, ACCOUNT_SUSPENDED
   */
  async signIn(context: RequestContext, raw: string): Promise<IssuedSession & { isNewAccount: boolean }> {
    const bot = this.availableBot();
    let initData: InitData | undefined;
    let isNewAccount = false;
    try {
      const data = readInitData(raw, bot, new Date());
      initData = data;
      const issued = await this.sessions.open(context, 'TELEGRAM', async (tx) => {
        await useInitData(tx, data);
        const { user, isNew } = await findOrAddTelegramUser(tx, profileOf(data.person), context.locale);
        isNewAccount = isNew;
        if (isNew) recordEvent(tx, userRegistered.create({ subject: user.id, data: { role: user.role } }));
        else renewTraits(tx, user, traitsOf(data.person));
        return user;
      });
      return { ...issued, isNewAccount };
    } catch (error) {
      if (error instanceof Refusal) await this.recordFailure(context, error, initData);
      throw error;
    }
  }

  /**
   * Lets the viewer sign in as whom Telegram vouches for; repeating it changes nothing.
   *
   * @throws Refusal those of signing in; TELEGRAM_LINKED_ELSEWHERE, TELEGRAM_ALREADY_LINKED
   */
  async link(context: RequestContext, raw: string): Promise<User> {
    const bot = this.availableBot();
    const data = readInitData(raw, bot, new Date());
    const telegramId = String(data.person.id);
    return transaction(context.em, async (tx) => {
      const user = await this.lockViewer(tx, context);
      if (user.telegramId === telegramId) return user;
      if (user.telegramId) throw new Refusal<AccountErrorCode>('TELEGRAM_ALREADY_LINKED');
      await useInitData(tx, data);
      await linkTelegramId(tx, user, telegramId);
      renewTraits(tx, user, traitsOf(data.person));
      await recordAudit(tx, context, { action: 'TELEGRAM_LINKED', subjectId: user.id });
      return user;
    });
  }

  /**
   * Ends signing in with Telegram for the viewer; repeating it changes nothing.
   *
   * @throws Refusal LAST_SIGN_IN_METHOD unless the viewer has a verified address and a password
   */
  async unlink(context: RequestContext): Promise<User> {
    return transaction(context.em, async (tx) => {
      const user = await this.lockViewer(tx, context);
      if (!user.telegramId) return user;
      if (!user.emailVerifiedAt || !user.passwordHash) throw new Refusal<AccountErrorCode>('LAST_SIGN_IN_METHOD');
      user.telegramId = null;
      renewTraits(tx, user, { telegramUsername: null, telegramPhotoUrl: null });
      await recordAudit(tx, context, { action: 'TELEGRAM_UNLINKED', subjectId: user.id });
      return user;
    });
  }

  private availableBot(): TelegramBot {
    if (!this.bot) throw new Refusal<AccountErrorCode>('TELEGRAM_UNAVAILABLE');
    return this.bot;
  }

  private async lockViewer(tx: EntityManager, context: RequestContext): Promise<User> {
    const user = await lockUserForChange(tx, context.user.userId);
    if (!user || user.erasedAt) throw unauthenticated();
    return user;
  }

  /** Whose account was meant is known only when Telegram signed the init data. */
  private async recordFailure(context: RequestContext, refusal: Refusal, data: InitData | undefined): Promise<void> {
    const meant = data && (await findUserByTelegram(context.em, String(data.person.id)));
    await recordSignInFailure(context, 'TELEGRAM', refusal, meant?.id);
  }
}

function renewTraits(tx: EntityManager, user: User, traits: TelegramTraits): void {
  const isSame = user.telegramUsername === traits.telegramUsername && user.telegramPhotoUrl === traits.telegramPhotoUrl;
  if (isSame) return;
  Object.assign(user, traits, { updatedAt: new Date() });
  recordEvent(tx, userUpdated.create({ subject: user.id, data: {} }));
}
