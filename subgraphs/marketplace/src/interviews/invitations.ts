import type { EntityManager } from '@mikro-orm/postgresql';
import { locales } from '@tutorgraph/kit/messages/languages';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { findInterview } from './interview.repository.js';
import { writeInvitation } from './invitation.js';
import {
  INVITATIONS_PATH,
  type InvitationKey,
  interviewOfToken,
  invitationToken,
  isInvitationToken,
} from './invitation-address.js';

/** What invitations need of the room. */
export interface InvitationSurroundings {
  em: EntityManager;
  messages: Messages;
  secret: string;
  origin: () => string;
}

/** Invitations of interviews for people's own calendars. Whoever has the address can read it. */
export class Invitations {
  constructor(private readonly around: InvitationSurroundings) {}

  /** Where somebody finds the invitation of an interview. */
  address(key: InvitationKey, locale: string): string {
    const { origin, secret } = this.around;
    return `${origin()}${INVITATIONS_PATH}/${invitationToken(key, secret)}.ics?lang=${locale}`;
  }

  /** The invitation of an address; undefined when there is none, or not any longer. */
  async read(token: string, language: string | undefined): Promise<string | undefined> {
    const { messages, secret, origin } = this.around;
    const em = this.around.em.fork();
    const interview = await findInterview(em, interviewOfToken(token) ?? '');
    const { startsAt, endsAt } = interview ?? {};
    if (!interview || !startsAt || !endsAt) return undefined;
    const [tutor, subject] = await Promise.all([
      em.fork().findOneOrFail(Tutor, { id: interview.tutorId }),
      em.fork().findOneOrFail(Subject, { id: interview.subjectId }),
    ]);
    const people = [tutor.userId, ...(interview.interviewerId ? [interview.interviewerId] : [])];
    const isOurs = people.some((userId) => isInvitationToken(token, { interviewId: interview.id, userId }, secret));
    if (!isOurs || tutor.erasedAt) return undefined;
    const locale = locales.find((known) => known === language) ?? 'en';
    const content = {
      interview,
      startsAt,
      endsAt,
      subject: locale === 'ru' ? subject.nameRu : subject.nameEn,
      tutorName: tutor.displayName,
      host: new URL(origin()).hostname,
    };
    return writeInvitation(content, locale, messages);
  }
}
