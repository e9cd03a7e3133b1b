import { Requires, SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import { UserReference } from '../people/user.types.js';
import type { KnowledgeEntry } from './knowledge.entity.js';
import type { KnowledgeService } from './knowledge.service.js';
import {
  DeleteKnowledgeEntryInput,
  DeleteKnowledgeEntryPayload,
  KnowledgeEntryConnection,
  KnowledgeEntryFilter,
  KnowledgeEntryType,
  UpsertKnowledgeEntryInput,
  UpsertKnowledgeEntryPayload,
} from './knowledge.types.js';

/** The knowledge base in the graph. */
@Resolver(() => KnowledgeEntryType)
export class KnowledgeResolver {
  constructor(private readonly service: KnowledgeService) {}

  @FieldResolver(() => String, { nullable: true, description: 'Where it is from; for those who edit.' })
  source(@Root() { source }: KnowledgeEntry, @Ctx() context: RequestContext): string | null {
    return context.can('learning.knowledge.manage') ? (source ?? null) : null;
  }

  @FieldResolver(() => UserReference, {
    nullable: true,
    description: 'Who edited it last, for those who edit; null for what came with the program.',
  })
  updatedBy(@Root() { updatedBy }: KnowledgeEntry, @Ctx() context: RequestContext): UserReference | null {
    return updatedBy && context.can('learning.knowledge.manage') ? { id: updatedBy } : null;
  }

  @SignedIn()
  @Query(() => KnowledgeEntryConnection, {
    nullable: true,
    description:
      'What the assistant answers from, the newest first: rules, answers about the school, and the lessons that are open to you.',
  })
  knowledgeEntries(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => KnowledgeEntryFilter, { nullable: true, description: 'Which entries; all without it.' })
    filter: KnowledgeEntryFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<KnowledgeEntry>> {
    return this.service.list(context, filter, page);
  }

  @SignedIn()
  @Query(() => KnowledgeEntryType, {
    nullable: true,
    description: 'An entry by id; null when there is none that you may read.',
  })
  knowledgeEntry(
    @Arg('id', () => ID, { description: 'Identity of the entry.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<KnowledgeEntry | null> {
    return this.service.find(context, id);
  }

  @Requires('learning.knowledge.manage')
  @Mutation(() => UpsertKnowledgeEntryPayload, {
    nullable: true,
    description: 'Writes an entry of the knowledge base, or changes one. It is audited.',
  })
  upsertKnowledgeEntry(
    @Arg('input', () => UpsertKnowledgeEntryInput, { description: 'The entry as it shall be.' })
    input: UpsertKnowledgeEntryInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ entry: await this.service.upsert(context, input) }));
  }

  @Requires('learning.knowledge.manage')
  @Mutation(() => DeleteKnowledgeEntryPayload, {
    nullable: true,
    description: 'Takes an entry out of the knowledge base. It is audited.',
  })
  deleteKnowledgeEntry(
    @Arg('input', () => DeleteKnowledgeEntryInput, { description: 'Which entry.' }) input: DeleteKnowledgeEntryInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ deletedEntryId: await this.service.remove(context, input) }));
  }
}
