import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AssistantSession } from '../assistant/assistant.entity.js';
import { AssistantSessionType } from '../assistant/assistant.types.js';
import { UserReference } from '../people/user.types.js';
import type { Student } from '../students/student.entity.js';
import { StudentType } from '../students/student.types.js';
import type { HandOver } from './hand-over.entity.js';
import { HandOverType } from './hand-over.types.js';
import type { HandOverEdges } from './hand-over-edges.js';

/** What lies around a hand-over. */
@Resolver(() => HandOverType)
export class HandOverEdgesResolver {
  constructor(private readonly edges: HandOverEdges) {}

  @FieldResolver(() => AssistantSessionType, { description: 'The conversation.' })
  session(@Root() handOver: HandOver, @Ctx() context: RequestContext): Promise<AssistantSession> {
    return this.edges.session(context, handOver);
  }

  @FieldResolver(() => StudentType, { nullable: true, description: 'The student; null when whoever asks is none.' })
  student(@Root() handOver: HandOver, @Ctx() context: RequestContext): Promise<Student | null> {
    return this.edges.student(context, handOver);
  }

  @FieldResolver(() => UserReference, { nullable: true, description: 'The curator who sees to it; null until then.' })
  takenBy(@Root() { takenBy }: HandOver): UserReference | null {
    return takenBy ? { id: takenBy } : null;
  }
}

/** The hand-over of a conversation. */
@Resolver(() => AssistantSessionType)
export class SessionHandOverResolver {
  constructor(private readonly edges: HandOverEdges) {}

  @FieldResolver(() => HandOverType, {
    nullable: true,
    description: 'Its latest hand-over to a curator; null when there was none.',
  })
  handOver(@Root() { id }: AssistantSession, @Ctx() context: RequestContext): Promise<HandOver | null> {
    return this.edges.latest(context, id);
  }
}
