import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { Money } from '@tutorgraph/kit/graphql/money';
import { CalendarDate, CurrencyCode, DateTime, SafeIntAmount, Url } from '@tutorgraph/kit/graphql/scalars';
import { Directive, Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LearningError } from '../errors.js';
import { type ComparedMetric, comparedMetrics } from './comparison.rules.js';
import { type ReportKind, reportKinds } from './report-csv.js';

@ObjectType('DailyMetrics', { simpleResolvers: true, description: 'Figures of the school on one day, by UTC.' })
export class DailyMetricsType {
  @Field(() => CalendarDate, { description: 'Which day.' })
  declare day: string;

  @Field(() => Int, { description: 'Students at its end.' })
  declare students: number;

  @Field(() => Int, { description: 'Who joined on it.' })
  declare newStudents: number;

  @Field(() => Int, { description: 'Who did something on it.' })
  declare activeStudents: number;

  @Field(() => Int, { description: 'Students with a course that went on at its end.' })
  declare learning: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Students at risk at its end; null for days that were counted afterwards.',
  })
  declare atRisk: number | null;

  @Field(() => Int, { description: 'Courses begun: enrolments on it.' })
  declare started: number;

  @Field(() => Int, { description: 'Courses completed on it.' })
  declare completed: number;

  @Field(() => Int, { description: 'Courses left on it.' })
  declare dropped: number;

  @Field(() => Int, { description: 'Lessons completed on it.' })
  declare lessonsCompleted: number;

  @Field(() => Int, { description: 'Homework handed in on it.' })
  declare homeworkSubmitted: number;

  @Field(() => Int, { description: 'Homework reviewed on it.' })
  declare homeworkReviewed: number;

  @Field(() => Int, { description: 'Answers of the assistant.' })
  declare aiAnswers: number;

  @Field(() => Int, {
    description: 'Answers that settled the matter: nobody said otherwise or asked a curator within a day.',
  })
  declare resolvedAnswers: number;

  @Field(() => Int, { nullable: true, description: 'How long an answer took, in milliseconds: the median.' })
  declare answerMs: number | null;

  @Field(() => Int, { description: 'Questions handed over to curators.' })
  declare handOvers: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How long it took until a curator took them, in minutes: the median.',
  })
  declare takenMinutes: number | null;

  @Field(() => Int, { description: 'Minutes of support: from taking to closing each question, two hours at most.' })
  declare supportMinutes: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Retention in percent: of those who were active six to four weeks before, who was in the last two weeks or has completed a course since; null while nobody was.',
  })
  declare retentionPercent: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'How the school stands at this moment.' })
export class DashboardMetrics {
  @Field(() => Int, { description: 'All students.' })
  declare students: number;

  @Field(() => Int, { description: 'Students who are ACTIVE.' })
  declare active: number;

  @Field(() => Int, { description: 'Students who are AT_RISK.' })
  declare atRisk: number;

  @Field(() => Int, { description: 'Students who are DROPPED.' })
  declare dropped: number;

  @Field(() => Int, { description: 'Students who are COMPLETED.' })
  declare completed: number;

  @Field(() => Int, { description: 'Who did something today, by UTC.' })
  declare activeToday: number;

  @Field(() => Int, { description: 'Homework that was handed in and waits.' })
  declare homeworkWaiting: number;

  @Field(() => Int, { description: 'Questions that wait for a curator.' })
  declare handOversOpen: number;

  @Field(() => DateTime, { nullable: true, description: 'Since when the oldest of them waits; null when none does.' })
  declare waitingSince: Date | null;

  @Field(() => Int, { description: 'Answers of the assistant in the last seven days.' })
  declare aiAnswers: number;

  @Field(() => Int, { description: 'Those of them that settled the matter.' })
  declare resolvedAnswers: number;

  @Field(() => Int, { nullable: true, description: 'How long they took, in milliseconds: the median.' })
  declare answerMs: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'The figures of now, each time that they may have changed.' })
export class DashboardMetricsChangedEvent {
  @Field(() => String, { description: 'Where this stands in the stream: pass it as `after` to go on from here.' })
  declare cursor: string;

  @Field(() => DashboardMetrics, { nullable: true, description: 'The figures.' })
  declare metrics: DashboardMetrics | null;
}

@ObjectType('RetentionCohort', {
  simpleResolvers: true,
  description: 'Students who were enrolled for the first time in one month, and how many of them stayed.',
})
export class RetentionCohortType {
  @Field(() => CalendarDate, { description: 'The first day of the month.' })
  declare month: string;

  @Field(() => Int, { description: 'How many they were.' })
  declare students: number;

  @Field(() => [Int], {
    description:
      'How many did something in that month, in the next, and so on to this one, or had completed the course by then.',
  })
  declare retained: number[];

  @Field(() => Int, { description: 'How many have completed a course.' })
  declare completed: number;

  @Field(() => Int, { description: 'How many have left every course.' })
  declare dropped: number;
}

/** @see comparedMetrics */
export const ComparedMetricEnum = enumOf(comparedMetrics);
registerEnumType(ComparedMetricEnum, {
  name: 'SchoolMetric',
  description: 'What two periods of the school are compared by.',
  valuesConfig: {
    RETENTION: { description: 'Retention in percent: the mean of its days.' },
    ACTIVE_SHARE: { description: 'Share of those who learn that did something on a day, in percent.' },
    NEW_STUDENTS_A_MONTH: { description: 'New students in 30 days.' },
    COMPLETIONS_A_MONTH: { description: 'Completed courses in a month.' },
    DROPOUTS_A_MONTH: { description: 'Courses left in a month.' },
    LESSONS_A_STUDENT: { description: 'Completed lessons for each student who learns.' },
    AI_RESOLUTION: { description: 'Share of the assistant’s answers that settled the matter, in percent.' },
    ANSWER_SECONDS: { description: 'How long an answer of the assistant took, in seconds.' },
    HAND_OVER_MINUTES: { description: 'How long a question waited for a curator, in minutes.' },
    SUPPORT_HOURS_A_WEEK: { description: 'Hours of support in a week.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'One metric in two periods.' })
export class PeriodComparison {
  @Field(() => ComparedMetricEnum, { description: 'Which metric.' })
  declare metric: ComparedMetric;

  @Field(() => Float, { nullable: true, description: 'In the first period; null when it says nothing about it.' })
  declare before: number | null;

  @Field(() => Float, { nullable: true, description: 'In the second period; null when it says nothing about it.' })
  declare after: number | null;

  @Field(() => Float, { nullable: true, description: 'The change in percent of the first.' })
  declare changePercent: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Is that better? Null when nothing changed, or it is not known.',
  })
  declare isBetter: boolean | null;
}

@InputType({ description: 'Days by UTC; both ends belong to it, 400 days are the most.' })
export class DaySpanInput {
  @Field(() => CalendarDate, { description: 'The first day.' })
  declare from: Date;

  @Field(() => CalendarDate, { description: 'The last day.' })
  declare to: Date;
}

@Directive('@key(fields: "from to", resolvable: false)')
@ObjectType('ProfitReport', {
  simpleResolvers: true,
  description: 'What the school earned and cost in a span of days, by UTC; what it earned comes from payments.',
})
export class ProfitReportType {
  @Field(() => CalendarDate, { description: 'The first day.' })
  declare from: string;

  @Field(() => CalendarDate, { description: 'The last day.' })
  declare to: string;
}

@ObjectType('SchoolCosts', { simpleResolvers: true, description: 'What the school costs, as staff says.' })
export class SchoolCostsType {
  @Field(() => CurrencyCode, { description: 'In which currency.' })
  declare currency: string;

  @Field(() => SafeIntAmount, { description: 'What an hour of support costs, in minor units.' })
  declare supportHourMinor: number;

  @Field(() => SafeIntAmount, { description: 'What it costs to win one student, in minor units.' })
  declare acquisitionMinor: number;

  @Field(() => SafeIntAmount, { description: 'What the school costs a month besides, in minor units.' })
  declare monthlyMinor: number;
}

@InputType({ description: 'What the school costs from now on; reports count with it, for spans of before too.' })
export class SetSchoolCostsInput {
  @Field(() => CurrencyCode, { description: 'In which currency; revenue in others is left out of profit.' })
  declare currency: string;

  @Field(() => SafeIntAmount, { description: 'What an hour of support costs, in minor units.' })
  declare supportHourMinor: number;

  @Field(() => SafeIntAmount, { description: 'What it costs to win one student, in minor units.' })
  declare acquisitionMinor: number;

  @Field(() => SafeIntAmount, { description: 'What the school costs a month besides, in minor units.' })
  declare monthlyMinor: number;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class SetSchoolCostsPayload {
  @Field(() => SchoolCostsType, { nullable: true, description: 'The costs; null when there are errors.' })
  declare costs: SchoolCostsType | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'The whole school in some figures, of the thirty days before today.',
})
export class SchoolSummary {
  @Field(() => Int, { description: 'All students, now.' })
  declare students: number;

  @Field(() => Int, { description: 'Curators of cohorts in which somebody learns, now.' })
  declare curators: number;

  @Field(() => Float, { nullable: true, description: 'New students a month; null before a day was counted.' })
  declare newStudentsAMonth: number | null;

  @Field(() => Float, { nullable: true, description: 'Hours of support a week; null before a day was counted.' })
  declare supportHoursAWeek: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the assistant’s answers that settled the matter, in percent.',
  })
  declare aiResolutionPercent: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Retention in percent, yesterday: see `DailyMetrics.retentionPercent`.',
  })
  declare retentionPercent: number | null;

  @Field(() => Money, {
    nullable: true,
    description: 'What courses earned less what the school cost; null until `setSchoolCosts`.',
  })
  declare profit: Money | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'After how many days a student has paid what it cost to win them; null when they do not, or nobody said what it costs.',
  })
  declare paybackDays: number | null;
}

/** @see reportKinds */
export const ReportKindEnum = enumOf(reportKinds);
registerEnumType(ReportKindEnum, {
  name: 'SchoolReport',
  description: 'What is exported.',
  valuesConfig: {
    STUDENTS: {
      description:
        'Every student and course of theirs: status, progress, risk, last activity. The span does not matter.',
    },
    DAILY_METRICS: { description: 'Figures of each day of the span.' },
    RETENTION: { description: 'How many stayed of those who began in each month of the span.' },
  },
});

@InputType({ description: 'What to export.' })
export class ExportSchoolReportInput {
  @Field(() => ReportKindEnum, { description: 'Which report.' })
  declare report: ReportKind;

  @Field(() => DaySpanInput, { description: 'Which days.' })
  declare span: DaySpanInput;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
export class ExportSchoolReportPayload {
  @Field(() => Url, {
    nullable: true,
    description:
      'Where the CSV (UTF-8, RFC 4180) can be fetched for five minutes by whoever has this address; null when there are errors.',
  })
  declare url: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when.' })
  declare expiresAt: Date | null;

  @Field(() => [LearningError], { description: 'Why it was not done; empty when it was.' })
  declare userErrors: LearningError[];
}
