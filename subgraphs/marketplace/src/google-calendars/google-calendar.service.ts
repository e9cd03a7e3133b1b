import { createHmac } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { OutsideError } from '@tutorgraph/kit/outside/outside-error';
import { seal } from '@tutorgraph/kit/secrets/seal';
import { z } from 'zod';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { ExternalCalendar } from '../external-calendars/external-calendar.entity.js';
import type { CalendarErrorCode } from '../external-calendars/external-calendar.payloads.js';
import { checkNumber } from '../external-calendars/external-calendar.service.js';
import { accessKey, type ReadCalendarJob } from '../external-calendars/read-calendar.job.js';
import type { GoogleGrant } from '../google/google-oauth.js';
import type { OpenGoogleOAuth } from '../google/google-settings.js';
import type { WriteGoogleLessonsJob } from '../jobs/write-google-lesson.job.js';
import type { GoogleCalendarConsent } from './google-calendar.types.js';
import { type ConsentTicket, newJourney, openTicket, sealJourney, verifierOf } from './google-consent.js';

const HOST = 'calendar.google.com';
const TICKET = ['input', 'ticket'];
const comingBack = z.object({ ticket: z.string().min(1).max(4_000) });

/** What follows when a calendar is connected. */
interface Following {
  reading: ReadCalendarJob;
  writing: WriteGoogleLessonsJob;
}

/** Google calendars that people connect by their consent. */
export class GoogleCalendarService {
  /** @param open undefined when no client of ours is configured @param secret seals what travels and what is kept */
  constructor(
    private readonly open: OpenGoogleOAuth | undefined,
    private readonly following: Following,
    private readonly secret: string,
  ) {}

  /** Where the viewer is asked for consent; null when there is no client of ours. */
  async consent({ user }: RequestContext): Promise<GoogleCalendarConsent | null> {
    if (!this.open) return null;
    const journey = newJourney(user.userId, new Date());
    const oauth = await this.open();
    const { challenge } = verifierOf(journey, this.secret);
    const address = oauth.consentAddress(sealJourney(journey, this.secret), challenge);
    return { address, expiresAt: new Date(journey.expiresAt) };
  }

  /**
   * Connects the calendar of whoever came back. Only the viewer who set out can: so nobody connects another one's account
   * by sending them to Google.
   *
   * @throws Refusal GOOGLE_NOT_CONFIGURED, CONSENT_EXPIRED, CONSENT_INCOMPLETE, GOOGLE_UNAVAILABLE, TOO_MANY_CALENDARS
   */
  async connect(context: RequestContext, input: unknown): Promise<ExternalCalendar> {
    const { ticket } = accept(comingBack, input, context.locale);
    const opened = openTicket(ticket, this.secret, new Date());
    if (opened?.userId !== context.user.userId) throw new Refusal<CalendarErrorCode>('CONSENT_EXPIRED', TICKET);
    const grant = await this.exchange(opened);
    return transaction(context.em, async (tx) => {
      await lockCalendars(tx, [context.user.userId]);
      const calendar = await this.keep(tx, grant, context);
      await tx.flush();
      await enqueue(tx, this.following.reading, { calendarId: calendar.id });
      await enqueue(tx, this.following.writing, { calendarId: calendar.id });
      return calendar;
    });
  }

  private async exchange(ticket: ConsentTicket): Promise<GoogleGrant> {
    if (!this.open) throw new Refusal<CalendarErrorCode>('GOOGLE_NOT_CONFIGURED');
    const oauth = await this.open();
    try {
      return await oauth.exchange(ticket.code, verifierOf(ticket, this.secret).verifier);
    } catch (error) {
      const refused = error instanceof OutsideError ? refusalOf(error) : undefined;
      throw refused ? new Refusal<CalendarErrorCode>(refused, TICKET) : error;
    }
  }

  /** Keeps the new access to an account; the owner's row is locked. */
  private async keep(tx: EntityManager, grant: GoogleGrant, context: RequestContext): Promise<ExternalCalendar> {
    const { userId } = context.user;
    const addressHash = createHmac('sha256', this.secret).update(`google account ${grant.account}`).digest('base64url');
    const now = new Date();
    const access = {
      name: grant.email.slice(0, 100),
      sealedAccess: seal(grant.refreshToken, accessKey(this.secret)),
      locale: context.locale,
      nextReadAt: now,
    };
    const known = await tx.findOne(ExternalCalendar, { userId, addressHash });
    if (known) {
      const fresh = { status: 'PENDING', failure: null, failingSince: null, failures: 0, etag: null } as const;
      return Object.assign(known, access, fresh);
    }
    await checkNumber(tx, userId);
    const place = { id: newId(), userId, addressHash, host: HOST, createdAt: now };
    return tx.create(ExternalCalendar, { ...access, ...place, kind: 'GOOGLE', status: 'PENDING' });
  }
}

/** What a person can do about it; undefined for what only who runs this server can. */
function refusalOf({ isTemporary, facts }: OutsideError): CalendarErrorCode | undefined {
  if (isTemporary) return 'GOOGLE_UNAVAILABLE';
  if (facts.detail === 'invalid_grant') return 'CONSENT_EXPIRED';
  return facts.detail === 'incompleteConsent' ? 'CONSENT_INCOMPLETE' : undefined;
}
