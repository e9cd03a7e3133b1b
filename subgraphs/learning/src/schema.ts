import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { AdmissionResolver } from './admissions/admission.resolver.js';
import { AnswerLiveResolver } from './assistant/answer-live.resolver.js';
import { AssistantResolver } from './assistant/assistant.resolver.js';
import {
  AssistantCitationResolver,
  AssistantMessageResolver,
  AssistantSessionResolver,
} from './assistant/assistant-edges.resolver.js';
import { AttemptResolver } from './attempts/attempt.resolver.js';
import { TestAllowanceResolver } from './attempts/test-allowance.resolver.js';
import { resolveCertificate } from './certificates/certificate.reference.js';
import { CertificateResolver, StudentCertificatesResolver } from './certificates/certificate.resolver.js';
import { resolveCohort } from './cohorts/cohort.reference.js';
import { CohortResolver } from './cohorts/cohort.resolver.js';
import { CourseTermsResolver } from './course-payments/course-terms.resolver.js';
import { resolveCourse, resolveCourseModule, resolveCourseVersion } from './courses/course.reference.js';
import { CourseResolver } from './courses/course.resolver.js';
import { CourseAuthoringResolver } from './courses/course-authoring.resolver.js';
import { CourseModuleResolver, CourseVersionResolver } from './courses/course-outline.resolver.js';
import { VersionMoveResolver } from './courses/version-move.resolver.js';
import { CuratorDashboardResolver } from './curator-desk/curator-dashboard.resolver.js';
import { EnrollingResolver } from './enrollments/enrolling.resolver.js';
import { resolveEnrollment } from './enrollments/enrollment.reference.js';
import { EnrollmentResolver } from './enrollments/enrollment.resolver.js';
import { StudentPlacesResolver } from './enrollments/student-places.resolver.js';
import { GetCourseExchangeResolver, GetCourseResolver } from './getcourse/getcourse.resolver.js';
import { HandOverResolver } from './hand-overs/hand-over.resolver.js';
import { HandOverEdgesResolver, SessionHandOverResolver } from './hand-overs/hand-over-edges.resolver.js';
import { HomeworkResolver, LessonHomeworkResolver } from './homework/homework.resolver.js';
import { HomeworkCheckResolver, HomeworkCheckScoreResolver } from './homework-check/homework-check.resolver.js';
import { HomeworkLiveResolver } from './homework-live/homework-live.resolver.js';
import {
  CommentTemplateResolver,
  ReviewResolver,
  SubmissionReviewResolver,
} from './homework-review/review.resolver.js';
import { InterventionResolver, StudentInterventionsResolver } from './interventions/intervention.resolver.js';
import { KnowledgeResolver } from './knowledge/knowledge.resolver.js';
import { resolveLesson } from './lessons/lesson.reference.js';
import { LessonResolver } from './lessons/lesson.resolver.js';
import { LessonAuthoringResolver } from './lessons/lesson-authoring.resolver.js';
import { LearnResolver } from './progress/learn.resolver.js';
import {
  LessonProgressResolver,
  ModuleProgressResolver,
  StudentProgressResolver,
} from './progress/progress.resolver.js';
import { ProgressLiveResolver } from './progress-live/progress-live.resolver.js';
import { QuestionResolver, QuestionRevisionResolver } from './questions/question.resolver.js';
import { QuestionBankResolver } from './questions/question-bank.resolver.js';
import { ProfitReportResolver } from './reports/profit.resolver.js';
import { ReportResolver } from './reports/report.resolver.js';
import { EnrollmentRiskResolver, RiskModelResolver, RiskResolver, StudentRiskResolver } from './risk/risk.resolver.js';
import { RiskLiveResolver } from './risk-live/risk-live.resolver.js';
import { AnswerAudioResolver } from './speech/answer-audio.resolver.js';
import { RecordingResolver } from './speech/recording.resolver.js';
import { resolveStudent } from './students/student.reference.js';
import { StudentConnectionResolver, StudentResolver } from './students/student.resolver.js';
import {
  AssignedHomeworkResolver,
  HomeworkAssignmentResolver,
  HomeworkExtensionResolver,
} from './submissions/homework-assignment.resolver.js';
import { resolveHomeworkAssignment, resolveSubmission } from './submissions/submission.reference.js';
import {
  HomeworkGradeResolver,
  SubmissionFileResolver,
  SubmissionResolver,
} from './submissions/submission.resolver.js';
import {
  DrawnTestItemResolver,
  FixedTestItemResolver,
  LessonTestResolver,
  TestResolver,
} from './tests/test.resolver.js';
import { CardResolver, StudentCardsResolver } from './vocabulary/card.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    // Courses and who learns in them.
    CourseResolver,
    CourseVersionResolver,
    CourseModuleResolver,
    LessonResolver,
    CourseAuthoringResolver,
    VersionMoveResolver,
    LessonAuthoringResolver,
    StudentResolver,
    StudentConnectionResolver,
    CohortResolver,
    EnrollmentResolver,
    EnrollingResolver,
    StudentPlacesResolver,
    StudentProgressResolver,
    ModuleProgressResolver,
    LessonProgressResolver,
    LearnResolver,
    ProgressLiveResolver,
    AdmissionResolver,
    CourseTermsResolver,
    // Tests.
    QuestionBankResolver,
    QuestionResolver,
    QuestionRevisionResolver,
    TestResolver,
    FixedTestItemResolver,
    DrawnTestItemResolver,
    LessonTestResolver,
    AttemptResolver,
    TestAllowanceResolver,
    // Homework.
    HomeworkResolver,
    LessonHomeworkResolver,
    HomeworkAssignmentResolver,
    AssignedHomeworkResolver,
    HomeworkExtensionResolver,
    SubmissionResolver,
    SubmissionFileResolver,
    HomeworkGradeResolver,
    HomeworkCheckResolver,
    HomeworkCheckScoreResolver,
    ReviewResolver,
    SubmissionReviewResolver,
    CommentTemplateResolver,
    HomeworkLiveResolver,
    // Vocabulary.
    CardResolver,
    StudentCardsResolver,
    // Certificates.
    CertificateResolver,
    StudentCertificatesResolver,
    // Figures of the school.
    CuratorDashboardResolver,
    ReportResolver,
    ProfitReportResolver,
    // Risk.
    RiskResolver,
    RiskModelResolver,
    StudentRiskResolver,
    EnrollmentRiskResolver,
    InterventionResolver,
    StudentInterventionsResolver,
    RiskLiveResolver,
    // Speech.
    RecordingResolver,
    AnswerAudioResolver,
    // GetCourse.
    GetCourseResolver,
    GetCourseExchangeResolver,
    // Knowledge and the assistant.
    KnowledgeResolver,
    AssistantResolver,
    AnswerLiveResolver,
    AssistantSessionResolver,
    AssistantMessageResolver,
    AssistantCitationResolver,
    HandOverResolver,
    HandOverEdgesResolver,
    SessionHandOverResolver,
  ],
  references: {
    Certificate: resolveCertificate,
    // Courses and who learns in them.
    Course: resolveCourse,
    CourseVersion: resolveCourseVersion,
    CourseModule: resolveCourseModule,
    Lesson: resolveLesson,
    Student: resolveStudent,
    Cohort: resolveCohort,
    Enrollment: resolveEnrollment,
    // Homework.
    HomeworkAssignment: resolveHomeworkAssignment,
    HomeworkSubmission: resolveSubmission,
  },
};
