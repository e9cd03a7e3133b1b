import { Public, Requires, ServiceOnly } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Subject } from './subject.entity.js';
import type { SubjectService } from './subject.service.js';
import {
  ArchiveSubjectInput,
  ArchiveSubjectPayload,
  CreateSubjectInput,
  CreateSubjectPayload,
  SubjectConnection,
  SubjectError,
  SubjectFilter,
  SubjectName,
  SubjectType,
  UpdateSubjectInput,
  UpdateSubjectPayload,
} from './subject.types.js';

/** Subjects in the graph. */
@Resolver(() => SubjectType)
export class SubjectResolver {
  constructor(private readonly service: SubjectService) {}

  @FieldResolver(() => String, { description: "Its name in the viewer's language." })
  name(@Root() subject: Subject, @Ctx() context: RequestContext): string {
    return context.locale === 'ru' ? subject.nameRu : subject.nameEn;
  }

  @ServiceOnly('Subject.names')
  @Directive('@inaccessible')
  @FieldResolver(() => [SubjectName], {
    nullable: true,
    description: 'Its name in every language, for what is written later to whoever reads it; for our services only.',
  })
  names(@Root() { nameEn, nameRu }: Subject): SubjectName[] {
    return [
      { locale: 'en', name: nameEn },
      { locale: 'ru', name: nameRu },
    ];
  }

  @Public()
  @Query(() => SubjectConnection, { nullable: true, description: 'What can be taught, by name.' })
  subjects(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => SubjectFilter, {
      nullable: true,
      description: 'Which subjects; all that are offered without it.',
    })
    filter: SubjectFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Subject>> {
    return this.service.list(context, filter, page);
  }

  @Requires('marketplace.subjects.manage')
  @Mutation(() => CreateSubjectPayload, { nullable: true, description: 'Adds a subject that can be taught.' })
  createSubject(
    @Arg('input', () => CreateSubjectInput, { description: 'The new subject.' }) input: CreateSubjectInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, SubjectError, async () => ({ subject: await this.service.create(context, input) }));
  }

  @Requires('marketplace.subjects.manage')
  @Mutation(() => UpdateSubjectPayload, { nullable: true, description: 'Renames a subject.' })
  updateSubject(
    @Arg('input', () => UpdateSubjectInput, { description: 'What to change.' }) input: UpdateSubjectInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, SubjectError, async () => ({ subject: await this.service.update(context, input) }));
  }

  @Requires('marketplace.subjects.manage')
  @Mutation(() => ArchiveSubjectPayload, {
    nullable: true,
    description: 'Stops offering a subject: it leaves lists and search, and what refers to it stays. May be repeated.',
  })
  archiveSubject(
    @Arg('input', () => ArchiveSubjectInput, { description: 'Which subject.' }) input: ArchiveSubjectInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, SubjectError, async () => ({ subject: await this.service.archive(context, input) }));
  }
}
