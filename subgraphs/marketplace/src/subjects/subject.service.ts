import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { subjectArchived, subjectCreated, subjectUpdated } from '../events.js';
import { Subject } from './subject.entity.js';
import { findSubjects, lockSubject } from './subject.repository.js';
import { newSubject, subjectChange, subjectReference } from './subject.rules.js';
import type { SubjectErrorCode } from './subject.types.js';

const refusals = { subjects_slug_unique: 'SLUG_TAKEN' } as const satisfies Record<string, SubjectErrorCode>;

/** What can be taught. */
export class SubjectService {
  /** A page of subjects. @throws FORBIDDEN when archived ones are asked for by somebody who does not manage them */
  list(
    context: RequestContext,
    filter: { archived?: boolean | null; text?: string | null } | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Subject>> {
    const archived = filter?.archived ?? false;
    if (archived) context.require('marketplace.subjects.manage');
    return findSubjects(context.em, { archived, text: filter?.text }, context.locale, page);
  }

  /** @throws Refusal SLUG_TAKEN */
  async create(context: RequestContext, input: unknown): Promise<Subject> {
    const wanted = accept(newSubject, input, context.locale);
    const now = new Date();
    return refusing(refusals, () =>
      transaction(context.em, async (tx) => {
        const subject = tx.create(Subject, {
          id: newId(),
          ...wanted,
          createdAt: now,
          updatedAt: now,
          archivedAt: null,
        });
        recordEvent(tx, subjectCreated.create({ subject: subject.id, data: {} }));
        return subject;
      }),
    );
  }

  /** @throws Refusal NOT_FOUND, SLUG_TAKEN */
  async update(context: RequestContext, input: unknown): Promise<Subject> {
    const change = accept(subjectChange, input, context.locale);
    return refusing(refusals, () =>
      transaction(context.em, async (tx) => {
        const subject = await lockSubject(tx, change.subjectId);
        if (!subject) throw new Refusal<SubjectErrorCode>('NOT_FOUND', ['input', 'subjectId']);
        subject.slug = change.slug ?? subject.slug;
        subject.nameEn = change.nameEn ?? subject.nameEn;
        subject.nameRu = change.nameRu ?? subject.nameRu;
        subject.updatedAt = new Date();
        recordEvent(tx, subjectUpdated.create({ subject: subject.id, data: {} }));
        return subject;
      }),
    );
  }

  /** Archives a subject; repeating it changes nothing. @throws Refusal NOT_FOUND */
  async archive(context: RequestContext, input: unknown): Promise<Subject> {
    const { subjectId } = accept(subjectReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const subject = await lockSubject(tx, subjectId);
      if (!subject) throw new Refusal<SubjectErrorCode>('NOT_FOUND', ['input', 'subjectId']);
      if (subject.archivedAt) return subject;
      const now = new Date();
      subject.archivedAt = now;
      subject.updatedAt = now;
      recordEvent(tx, subjectArchived.create({ subject: subject.id, data: {} }));
      return subject;
    });
  }
}
