import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { messages } from '../messages/en.js';
import { type TutorTopic, tutorTopics } from './topics.js';

const TutorTopicEnum = enumOf(tutorTopics);
registerEnumType(TutorTopicEnum, {
  name: 'TutorTopic',
  description: 'What can be said of a tutor in a profile or a review.',
  valuesConfig: Object.fromEntries(
    tutorTopics.map((topic) => [topic, { description: `${messages[`TOPIC_${topic}`]}.` }]),
  ),
});

@ObjectType({ simpleResolvers: true, description: 'Something for which several reviews praise a tutor.' })
export class TutorPraise {
  @Field(() => TutorTopicEnum, { description: 'What it is, for the program.' })
  declare topic: TutorTopic;

  @Field(() => String, { description: 'What it is, in your language.' })
  declare label: string;

  @Field(() => Int, { description: 'How many reviews praise it.' })
  declare mentions: number;

  @Field(() => String, { description: 'The same as a short sentence in your language.' })
  declare text: string;
}

@ObjectType({ simpleResolvers: true, description: 'Something that a tutor is good at.' })
export class TutorStrength {
  @Field(() => TutorTopicEnum, { description: 'What it is, for the program.' })
  declare topic: TutorTopic;

  @Field(() => String, { description: 'What it is, in your language.' })
  declare label: string;

  @Field(() => Int, { description: 'How many reviews praise it; one at least.' })
  declare mentions: number;

  @Field(() => Boolean, { description: 'Does the tutor say so of themselves?' })
  declare isClaimed: boolean;
}
