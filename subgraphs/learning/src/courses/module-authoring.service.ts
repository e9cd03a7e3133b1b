import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { LearningErrorCode } from '../errors.js';
import { auditAuthoring } from './authoring-audit.js';
import { CourseModule, type CourseVersion } from './course.entity.js';
import { MOST_MODULES, moduleChange, moduleMove, moduleReference, newModule } from './course.rules.js';
import { lockDraft, lockDraftOfModule } from './draft-lock.js';
import { closePlace, lengthOf, movePlace, openPlace } from './ordering.js';

/** The modules of a draft. */
export class ModuleAuthoringService {
  /** A new module, at the end unless said otherwise. @throws Refusal NOT_FOUND, VERSION_PUBLISHED, TOO_MANY_MODULES */
  add(context: RequestContext, input: unknown): Promise<CourseModule> {
    const { versionId, title, description, position } = accept(newModule, input, context.locale);
    return transaction(context.em, async (tx) => {
      const version = await lockDraft(tx, versionId);
      const list = { modulesOf: version.id };
      const end = (await lengthOf(tx, list)) + 1;
      if (end > MOST_MODULES) throw new Refusal<LearningErrorCode>('TOO_MANY_MODULES', ['input', 'versionId']);
      const place = Math.min(position ?? end, end);
      await openPlace(tx, list, place);
      const [id, lineageId] = [newId(), newId()];
      const module = tx.create(CourseModule, {
        ...{ id, versionId: version.id, lineageId, position: place, title, description: description ?? null },
      });
      auditAuthoring(tx, context, 'learning.module.add', id);
      return module;
    });
  }

  /** @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
  update(context: RequestContext, input: unknown): Promise<CourseModule> {
    const { moduleId, title, description } = accept(moduleChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const module = await lockDraftOfModule(tx, moduleId);
      module.title = title ?? module.title;
      if (description !== undefined) module.description = description;
      auditAuthoring(tx, context, 'learning.module.update', module.id, { title, description });
      return module;
    });
  }

  /** To a place in its version; those beyond the end mean the end. @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
  move(context: RequestContext, input: unknown): Promise<CourseModule> {
    const { moduleId, position } = accept(moduleMove, input, context.locale);
    return transaction(context.em, async (tx) => {
      const module = await lockDraftOfModule(tx, moduleId);
      const list = { modulesOf: module.versionId };
      await movePlace(tx, list, module.position, Math.min(position, await lengthOf(tx, list)));
      await tx.refresh(module);
      auditAuthoring(tx, context, 'learning.module.move', module.id, { position });
      return module;
    });
  }

  /** Takes a module out of its draft, with its lessons. @throws Refusal NOT_FOUND, VERSION_PUBLISHED */
  remove(context: RequestContext, input: unknown): Promise<CourseVersion> {
    const { moduleId } = accept(moduleReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { id, versionId, position } = await lockDraftOfModule(tx, moduleId);
      await tx.nativeDelete(CourseModule, { id });
      await closePlace(tx, { modulesOf: versionId }, position);
      auditAuthoring(tx, context, 'learning.module.remove', id);
      return lockDraft(tx, versionId);
    });
  }
}
