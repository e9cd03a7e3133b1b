import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { KnowledgeEntry } from '../knowledge/knowledge.entity.js';
import { KnowledgeEntryType } from '../knowledge/knowledge.types.js';
import { UserReference } from '../people/user.types.js';
import type { AssistantMessage, AssistantSession } from './assistant.entity.js';
import type { Citation } from './assistant.rules.js';
import {
  AssistantCitationType,
  AssistantMessageConnection,
  AssistantMessageType,
  AssistantSessionType,
} from './assistant.types.js';
import type { AssistantEdges } from './assistant-edges.js';

/** What lies around a conversation. */
@Resolver(() => AssistantSessionType)
export class AssistantSessionResolver {
  constructor(private readonly edges: AssistantEdges) {}

  @FieldResolver(() => UserReference, { description: 'Whoever asks.' })
  user(@Root() { userId }: AssistantSession): UserReference {
    return { id: userId };
  }

  @FieldResolver(() => AssistantMessageConnection, { description: 'Questions and answers, the first one first.' })
  messages(
    @Root() { id }: AssistantSession,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<AssistantMessage>> {
    return this.edges.messages(context, id, page);
  }
}

/** What lies around a message. */
@Resolver(() => AssistantMessageType)
export class AssistantMessageResolver {
  @FieldResolver(() => [AssistantCitationType], {
    description: 'Where the answer takes what it says; empty until it is complete.',
  })
  citations(@Root() { citations }: AssistantMessage): Citation[] {
    return citations;
  }

  @FieldResolver(() => UserReference, { nullable: true, description: 'The curator who wrote it; null otherwise.' })
  author(@Root() { authorId }: AssistantMessage): UserReference | null {
    return authorId ? { id: authorId } : null;
  }
}

/** What lies around a citation. */
@Resolver(() => AssistantCitationType)
export class AssistantCitationResolver {
  constructor(private readonly edges: AssistantEdges) {}

  @FieldResolver(() => KnowledgeEntryType, {
    nullable: true,
    description: 'The source as it is now; null when it is gone, or a lesson that you may not see.',
  })
  entry(@Root() { entryId }: Citation, @Ctx() context: RequestContext): Promise<KnowledgeEntry | null> {
    return this.edges.entry(context, entryId);
  }
}
