import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { z } from 'zod';
import type { LearningErrorCode } from '../errors.js';
import { reference, text } from '../input.rules.js';
import { CommentTemplate } from './comment-template.entity.js';

const MOST_TEMPLATES = 500;
const template = z.object({
  templateId: reference.nullish(),
  title: text(1, 120),
  text: text(1, 4_000),
  isShared: z.boolean(),
});
const which = z.object({ templateId: reference });
const order = [
  { expression: sql`t.title`, type: 'text', direction: 'asc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'asc' },
] as const;

/** What curators say again and again. */
export class CommentTemplateService {
  /** The viewer's own and the school's, by title. */
  list(context: RequestContext, page: PageRequest): Promise<Connection<CommentTemplate>> {
    const from = sql`from learning.homework_comment_templates t
      where (t.owner_id = ${context.user.userId}::uuid or t.owner_id is null)`;
    return keysetPage(context.em, { entity: CommentTemplate, from, order }, page);
  }

  /** @throws Refusal INVALID_INPUT, NOT_FOUND, TOO_MANY_TEMPLATES */
  async save(context: RequestContext, input: unknown): Promise<CommentTemplate> {
    const { templateId, title, text: said, isShared } = accept(template, input, context.locale);
    if (isShared && !maySayForAll(context))
      throw new Refusal<LearningErrorCode>('INVALID_INPUT', ['input', 'isShared']);
    const ownerId = isShared ? null : context.user.userId;
    return transaction(context.em, async (tx) => {
      const now = new Date();
      const known = templateId ? await this.own(context, tx, templateId) : await begin(tx, ownerId, now);
      Object.assign(known, { title, text: said, ownerId, updatedAt: now });
      await tx.flush();
      return known;
    });
  }

  /** @throws Refusal NOT_FOUND */
  async delete(context: RequestContext, input: unknown): Promise<string> {
    const { templateId } = accept(which, input, context.locale);
    return transaction(context.em, async (tx) => {
      tx.remove(await this.own(context, tx, templateId));
      return templateId;
    });
  }

  private async own(context: RequestContext, tx: EntityManager, id: string): Promise<CommentTemplate> {
    const known = isId(id) ? await tx.findOne(CommentTemplate, { id }) : null;
    const isTheirs = known && (known.ownerId === context.user.userId || (!known.ownerId && maySayForAll(context)));
    if (!isTheirs) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'templateId']);
    return known;
  }
}

async function begin(tx: EntityManager, ownerId: string | null, now: Date): Promise<CommentTemplate> {
  if ((await tx.count(CommentTemplate, { ownerId })) >= MOST_TEMPLATES) {
    throw new Refusal<LearningErrorCode>('TOO_MANY_TEMPLATES');
  }
  const made = Object.assign(new CommentTemplate(), { id: newId(), createdAt: now });
  tx.persist(made);
  return made;
}

function maySayForAll(context: RequestContext): boolean {
  return context.can('learning.students.read');
}
