/** What a course asks for. Days are whole days since its start, for each student their own start. */
export interface RiskAssessment {
  id: string;
  dueDay: number;
  /** What it counts for in the result of the course; 0 when it does not. */
  weight: number;
}

/** A course as all its students have it. */
export interface RiskCourse {
  id: string;
  /** Days from the start to the end as planned. */
  lengthDays: number;
  assessments: readonly RiskAssessment[];
}

/** Work that was handed in. */
export interface RiskSubmission {
  assessmentId: string;
  day: number;
  /** 0 to 100; left out when nobody has graded it. */
  score?: number;
  /** The day from which the score was known. @default day */
  scoredDay?: number;
  /** When it was due for this student, where that is not the day of the course. */
  dueDay?: number;
  /** Brought over from an earlier run of the course: it says nothing about diligence in this one. */
  isBanked?: boolean;
}

/**
 * What is recorded of a student in a course: nothing about who they are, only about what they did. Whatever a school
 * does not record is left out; the features made of it are then missing.
 */
export interface RiskHistory {
  studentId: string;
  /** The day of enrolment; negative before the start. */
  registrationDay?: number;
  /** How often they began this course before. */
  previousAttempts?: number;
  /** How much they study at once, in whatever unit the school counts. */
  studyLoad?: number;
  submissions: readonly RiskSubmission[];
  /** When they completed or left the course; nobody asks about their risk from then on. */
  endDay?: number;
  /** Of assessments for which they were given longer, the day until which. */
  extensions?: Readonly<Record<string, number>>;
  /** Days on which they opened a lesson, did a test or handed something in; rising. */
  activityDays?: readonly number[];
  /** The days on which they completed lessons; rising. */
  lessonDays?: readonly number[];
  /** The days on which they failed an attempt at a test. */
  failedTestDays?: readonly number[];
}
