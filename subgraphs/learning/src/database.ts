import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { IdempotencyKey } from '@tutorgraph/kit/idempotency/idempotency-key.entity';
import { StudentInvitation } from './admissions/invitation.entity.js';
import { AssistantMessage, AssistantSession } from './assistant/assistant.entity.js';
import { Attempt, AttemptQuestion } from './attempts/attempt.entity.js';
import { TestAllowance } from './attempts/test-allowance.entity.js';
import { BadgeKey, Certificate } from './certificates/certificate.entity.js';
import { Cohort } from './cohorts/cohort.entity.js';
import { Course, CourseModule, CourseVersion } from './courses/course.entity.js';
import { Enrollment } from './enrollments/enrollment.entity.js';
import { GetCourseChange, GetCourseExchange, GetCourseLink, GetCoursePerson } from './getcourse/getcourse.entity.js';
import { HandOver } from './hand-overs/hand-over.entity.js';
import { Homework } from './homework/homework.entity.js';
import { HomeworkCheck } from './homework-check/homework-check.entity.js';
import { CommentTemplate } from './homework-review/comment-template.entity.js';
import { SubmissionAnnotation, SubmissionReview } from './homework-review/review.entity.js';
import { Intervention } from './interventions/intervention.entity.js';
import { KnowledgeChunk, KnowledgeEmbedding, KnowledgeEntry, KnowledgeModel } from './knowledge/knowledge.entity.js';
import { Lesson, LessonPrerequisite } from './lessons/lesson.entity.js';
import { LessonProgress } from './progress/lesson-progress.entity.js';
import { Question, QuestionBank, QuestionRevision } from './questions/question.entity.js';
import { DailyMetrics, SchoolCosts } from './reports/daily-metrics.entity.js';
import { RiskDay, RiskDue, RiskModelRow, RiskScore, RiskThresholdsRow } from './risk/risk.entity.js';
import { AnswerAudio } from './speech/answer-audio.entity.js';
import { SpeechRecording } from './speech/recording.entity.js';
import { ActivityDay } from './students/activity-day.entity.js';
import { Student } from './students/student.entity.js';
import { HomeworkAssignment, HomeworkExtension } from './submissions/homework-assignment.entity.js';
import { HomeworkGrade } from './submissions/homework-grade.entity.js';
import { Submission, SubmissionFile } from './submissions/submission.entity.js';
import { Test, TestItem } from './tests/test.entity.js';
import { VocabularyCard, VocabularyReview } from './vocabulary/card.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'learning',
  entities: [
    ...eventEntities,
    IdempotencyKey,
    // Courses and who learns in them.
    Course,
    CourseVersion,
    CourseModule,
    Lesson,
    LessonPrerequisite,
    Cohort,
    Student,
    ActivityDay,
    Enrollment,
    LessonProgress,
    StudentInvitation,
    // Homework.
    Homework,
    HomeworkAssignment,
    HomeworkExtension,
    Submission,
    SubmissionFile,
    HomeworkGrade,
    HomeworkCheck,
    SubmissionReview,
    SubmissionAnnotation,
    CommentTemplate,
    // Tests.
    QuestionBank,
    Question,
    QuestionRevision,
    Test,
    TestItem,
    Attempt,
    AttemptQuestion,
    TestAllowance,
    // Vocabulary.
    VocabularyCard,
    VocabularyReview,
    // Certificates.
    Certificate,
    BadgeKey,
    // Knowledge and the assistant.
    KnowledgeEntry,
    KnowledgeChunk,
    KnowledgeEmbedding,
    KnowledgeModel,
    AssistantSession,
    AssistantMessage,
    HandOver,
    // Figures of the school.
    DailyMetrics,
    SchoolCosts,
    // Risk.
    RiskModelRow,
    RiskScore,
    RiskDay,
    RiskDue,
    RiskThresholdsRow,
    Intervention,
    // Speech.
    SpeechRecording,
    AnswerAudio,
    // GetCourse.
    GetCourseLink,
    GetCourseExchange,
    GetCourseChange,
    GetCoursePerson,
  ],
  migrations: new URL('../migrations/', import.meta.url),
};
