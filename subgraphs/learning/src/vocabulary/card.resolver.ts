import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import { seenLesson } from '../lessons/lesson.access.js';
import type { LessonOutline } from '../lessons/lesson.repository.js';
import { LessonType } from '../lessons/lesson.types.js';
import type { Student } from '../students/student.entity.js';
import { StudentType } from '../students/student.types.js';
import type { VocabularyCard } from './card.entity.js';
import {
  AddCardInput,
  AddCardPayload,
  DeleteCardInput,
  DeleteCardPayload,
  ReviewCardInput,
  ReviewCardPayload,
  SuspendCardInput,
  SuspendCardPayload,
  UpdateCardInput,
  UpdateCardPayload,
  VocabularyCardFilter,
} from './card.inputs.js';
import type { CardStatistics } from './card.repository.js';
import type { CardService } from './card.service.js';
import { CardChoiceType, CardStatisticsType, VocabularyCardConnection, VocabularyCardType } from './card.types.js';
import type { CardChoice } from './scheduler.js';

/** Vocabulary, in the graph. */
@Resolver(() => VocabularyCardType)
export class CardResolver {
  constructor(private readonly service: CardService) {}

  @FieldResolver(() => [CardChoiceType], {
    description: 'When it would come up again, for each rating that you may give it now, from AGAIN to EASY.',
  })
  choices(@Root() card: VocabularyCard): CardChoice[] {
    return this.service.choices(card);
  }

  @FieldResolver(() => LessonType, {
    nullable: true,
    description: 'The lesson that it is from; null when it is from none, or you may not know of that one any more.',
  })
  async lesson(@Root() { lessonId }: VocabularyCard, @Ctx() context: RequestContext): Promise<LessonOutline | null> {
    return lessonId ? seenLesson(context, lessonId) : null;
  }

  @SignedIn()
  @Query(() => VocabularyCardConnection, {
    nullable: true,
    description:
      'What you should review now, the longest due first, and then as many new cards as the day (in UTC) has room for; null when you are no student.',
  })
  dueCards(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<VocabularyCard> | null> {
    return this.service.due(context, page);
  }

  @SignedIn()
  @Query(() => VocabularyCardConnection, {
    nullable: true,
    description: 'All your cards, the newest first; null when you are no student.',
  })
  vocabularyCards(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Arg('filter', () => VocabularyCardFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: VocabularyCardFilter | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Connection<VocabularyCard> | null> {
    return this.service.list(context, filter ?? {}, page);
  }

  @SignedIn()
  @Mutation(() => AddCardPayload, {
    nullable: true,
    description: 'Makes a card of your own; it comes up as a new one.',
  })
  addCard(
    @Arg('input', () => AddCardInput, { description: 'What it asks and answers.' }) input: AddCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ card: await this.service.add(context, input) }));
  }

  @SignedIn()
  @Mutation(() => UpdateCardPayload, {
    nullable: true,
    description: 'Changes what a card of yours says; when it comes up stays as it is.',
  })
  updateCard(
    @Arg('input', () => UpdateCardInput, { description: 'Which card, and what is new.' }) input: UpdateCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ card: await this.service.update(context, input) }));
  }

  @SignedIn()
  @Mutation(() => SuspendCardPayload, {
    nullable: true,
    description: 'Lets a card of yours rest, or come up again. One of a mistake that rests is not made again.',
  })
  suspendCard(
    @Arg('input', () => SuspendCardInput, { description: 'Which card, and what is to become of it.' })
    input: SuspendCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ card: await this.service.suspend(context, input) }));
  }

  @SignedIn()
  @Mutation(() => DeleteCardPayload, {
    nullable: true,
    description: 'Takes a card of yours away, with its reviews. One of a mistake comes again with the same mistake.',
  })
  deleteCard(
    @Arg('input', () => DeleteCardInput, { description: 'Which card.' }) input: DeleteCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ deletedCardId: await this.service.delete(context, input) }));
  }

  @SignedIn()
  @Mutation(() => ReviewCardPayload, {
    nullable: true,
    description:
      'Says how well you knew a card; it comes up again when you are about to forget it. Cards that are not due may be reviewed, too.',
  })
  reviewCard(
    @Arg('input', () => ReviewCardInput, { description: 'Which card, and how well you knew it.' })
    input: ReviewCardInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ card: await this.service.review(context, input) }));
  }
}

/** How a student gets on with their cards. */
@Resolver(() => StudentType)
export class StudentCardsResolver {
  constructor(private readonly service: CardService) {}

  @FieldResolver(() => CardStatisticsType, {
    nullable: true,
    description: 'How they get on with their cards; null unless they are you, or you are of their staff.',
  })
  cardStatistics(@Root() { id }: Student, @Ctx() context: RequestContext): Promise<CardStatistics | null> {
    return this.service.ofStudent(context, id);
  }
}
