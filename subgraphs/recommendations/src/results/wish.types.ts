import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { MoneyInput } from '@tutorgraph/kit/graphql/money';
import { TimeZone } from '@tutorgraph/kit/graphql/scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { lessonFormats, levels } from '../market/market.rules.js';
import { learningStyles, urgencies } from '../ranking/wish.js';

const WantedLevelEnum = enumOf(levels);
registerEnumType(WantedLevelEnum, {
  name: 'WantedLevel',
  description: 'Whom wanted lessons are for.',
  valuesConfig: {
    PRIMARY_SCHOOL: { description: 'The first years of school.' },
    SECONDARY_SCHOOL: { description: 'School after the first years.' },
    EXAM: { description: 'Somebody who prepares for an exam.' },
    UNIVERSITY: { description: 'Students of a university.' },
    ADULT: { description: 'Grown-ups who learn for work or pleasure.' },
  },
});

const WantedFormatEnum = enumOf(lessonFormats);
registerEnumType(WantedFormatEnum, {
  name: 'WantedFormat',
  description: 'Where wanted lessons take place.',
  valuesConfig: {
    ONLINE: { description: 'By video call.' },
    IN_PERSON: { description: 'In one room, in a city or near it.' },
  },
});

const LearningStyleEnum = enumOf(learningStyles);
registerEnumType(LearningStyleEnum, {
  name: 'LearningStyle',
  description: 'How somebody likes to be taught.',
  valuesConfig: {
    CONVERSATIONAL: { description: 'By talking much.' },
    STRUCTURED: { description: 'Step by step, by a plan.' },
    EXAM_FOCUSED: { description: 'With an exam in view.' },
    PLAYFUL: { description: 'By play.' },
    PATIENT: { description: 'Calmly, without haste.' },
    DEMANDING: { description: 'Strictly, with much homework.' },
  },
});

const UrgencyEnum = enumOf(urgencies);
registerEnumType(UrgencyEnum, {
  name: 'Urgency',
  description: 'How soon lessons are needed.',
  valuesConfig: {
    NOW: { description: 'Within days.' },
    THIS_MONTH: { description: 'Within a month.' },
    LATER: { description: 'Some time.' },
  },
});

@InputType('WishBudgetInput', { description: 'What an hour may cost.' })
class WishBudgetInput {
  @Field(() => MoneyInput, { nullable: true, description: 'At least, in the same currency; open without it.' })
  declare from?: MoneyInput | null;

  @Field(() => MoneyInput, { description: 'At most.' })
  declare to: MoneyInput;
}

@InputType('WishHoursInput', { description: 'Hours of a day of the week.' })
class WishHoursInput {
  @Field(() => Int, { description: 'The day of the week, 1 (Monday) to 7 (Sunday).' })
  declare weekday: number;

  @Field(() => Int, { description: 'From this hour of the day, 0 to 23.' })
  declare from: number;

  @Field(() => Int, { description: 'Until this hour of the day, later than `from`, at most 24.' })
  declare to: number;
}

@InputType('WishScheduleInput', { description: 'When lessons could be.' })
class WishScheduleInput {
  @Field(() => TimeZone, { description: 'The time zone of these hours.' })
  declare timeZone: string;

  @Field(() => [WishHoursInput], { nullable: true, description: 'Hours that suit, at most 21 spans.' })
  declare hours?: WishHoursInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'In words, such as “weekday evenings”, at most 500 characters; read when there are no `hours`.',
  })
  declare times?: string | null;
}

@InputType('WishInput', { description: 'What somebody looks for before there is an order.' })
export class WishInput {
  @Field(() => ID, { description: 'The subject.' })
  declare subjectId: string;

  @Field(() => WantedLevelEnum, { description: 'Whom lessons are for.' })
  declare level: string;

  @Field(() => WantedFormatEnum, { description: 'Where lessons take place.' })
  declare format: string;

  @Field(() => String, { nullable: true, description: 'The city, at most 100 characters; needed in person.' })
  declare city?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Lessons must be in one of these languages (ISO 639-1), at most 10; in any without it.',
  })
  declare languages?: string[] | null;

  @Field(() => WishBudgetInput, { nullable: true, description: 'What an hour may cost; open without it.' })
  declare budget?: WishBudgetInput | null;

  @Field(() => WishScheduleInput, { nullable: true, description: 'When lessons could be; any time without it.' })
  declare schedule?: WishScheduleInput | null;

  @Field(() => LearningStyleEnum, { nullable: true, description: 'How one likes to be taught.' })
  declare style?: string | null;

  @Field(() => UrgencyEnum, { nullable: true, description: 'How soon lessons are needed.' })
  declare urgency?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What lessons are to lead to, in one’s own words, at most 2,000 characters.',
  })
  declare goal?: string | null;
}
