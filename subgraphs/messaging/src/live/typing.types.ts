import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'Somebody is writing. It is not kept: there is nothing to go on from after a lost connection.',
})
export class TypingChangedEvent {
  @Field(() => DateTime, {
    description: 'Until when to show it, unless it is told again or their message comes before.',
  })
  declare until: Date;
}
