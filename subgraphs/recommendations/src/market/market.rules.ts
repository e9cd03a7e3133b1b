/** How lessons are held, as marketplace says it. */
export const lessonFormats = ['ONLINE', 'IN_PERSON'] as const;
export type LessonFormat = (typeof lessonFormats)[number];

/** Whom a lesson is for, as marketplace says it. */
export const levels = ['PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'] as const;
export type Level = (typeof levels)[number];

/** Where an order stands in marketplace. */
export const orderStatuses = ['OPEN', 'MATCHED', 'CLOSED'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Where an application stands in marketplace. */
export const applicationStatuses = ['PENDING', 'CHOSEN', 'DECLINED', 'WITHDRAWN', 'NOT_CHOSEN'] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

/** Hours of a week: a string of 168 bits has one for each, Monday 00:00 UTC first. */
export const HOURS_OF_WEEK = 168;

/** What this room copies of the market, in the order in which it is copied. */
export const marketKinds = ['TUTOR', 'ORDER', 'APPLICATION', 'BOOKING', 'REVIEW'] as const;
/** @see marketKinds */
export type MarketKind = (typeof marketKinds)[number];
