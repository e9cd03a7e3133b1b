import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RiskCourse, RiskHistory, RiskSubmission } from '../risk-history.js';

/** One run of a module with everybody in it. */
export interface OuladModule {
  course: RiskCourse;
  /** The module of which this is one run. */
  module: string;
  histories: RiskHistory[];
  /** Of each history: 1 for Fail, 0 for Pass and Distinction. */
  outcomes: number[];
}

type Row = Record<string, string>;

const FAILED = 'Fail';
const WITHDRAWN = 'Withdrawn';

/**
 * Reads a folder of the Open University Learning Analytics Dataset (Kuzilek, Hlosta and Zdrahal, 2017, CC BY 4.0).
 * Gender, region, age, education, deprivation and disability are never looked at.
 *
 * @throws Error naming the file that is not there
 */
export async function readOulad(folder: string): Promise<OuladModule[]> {
  const [courses, assessments, submissions, students, registrations] = await Promise.all(
    ['courses', 'assessments', 'studentAssessment', 'studentInfo', 'studentRegistration'].map((name) =>
      readTable(join(folder, `${name}.csv`)),
    ),
  );
  const runOfAssessment = new Map(assessments?.map((row) => [row['id_assessment'], runOf(row)]));
  const assessmentsOf = Map.groupBy(assessments ?? [], runOf);
  const submissionsOf = Map.groupBy(submissions ?? [], (row) =>
    personOf(row, runOfAssessment.get(row['id_assessment'])),
  );
  const registrationOf = new Map(registrations?.map((row) => [personOf(row, runOf(row)), row]));
  const studentsOf = Map.groupBy(students ?? [], runOf);
  return (courses ?? []).map((row) => {
    const run = runOf(row);
    const counted = (studentsOf.get(run) ?? []).filter((student) => student['final_result'] !== WITHDRAWN);
    return {
      course: courseOf(row, assessmentsOf.get(run) ?? []),
      module: row['code_module'] ?? '',
      histories: counted.map((student) => {
        const person = personOf(student, run);
        return historyOf(student, registrationOf.get(person), submissionsOf.get(person) ?? []);
      }),
      outcomes: counted.map((student) => Number(student['final_result'] === FAILED)),
    };
  });
}

function courseOf(row: Row, assessments: readonly Row[]): RiskCourse {
  const lengthDays = numberOf(row['module_presentation_length']) ?? 0;
  return {
    id: runOf(row),
    lengthDays,
    assessments: assessments.map((assessment) => ({
      id: assessment['id_assessment'] ?? '',
      // The examination has no date when it is at the very end.
      dueDay: numberOf(assessment['date']) ?? lengthDays,
      weight: numberOf(assessment['weight']) ?? 0,
    })),
  };
}

function historyOf(student: Row, registration: Row | undefined, submissions: readonly Row[]): RiskHistory {
  return {
    studentId: student['id_student'] ?? '',
    registrationDay: numberOf(registration?.['date_registration']),
    previousAttempts: numberOf(student['num_of_prev_attempts']),
    studyLoad: numberOf(student['studied_credits']),
    submissions: submissions.map(submissionOf),
  };
}

function submissionOf(row: Row): RiskSubmission {
  return {
    assessmentId: row['id_assessment'] ?? '',
    day: numberOf(row['date_submitted']) ?? 0,
    score: numberOf(row['score']),
    isBanked: row['is_banked'] === '1',
  };
}

function runOf(row: Row): string {
  return `${row['code_module']} ${row['code_presentation']}`;
}

function personOf(row: Row, run: string | undefined): string {
  return `${run} ${row['id_student']}`;
}

/** The data set writes a missing number as nothing or as a question mark. */
function numberOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' || text === '?' ? undefined : Number(text);
}

async function readTable(file: string): Promise<Row[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Error(`${file} cannot be read; OULAD_DIR has to name a folder of the OULAD data set`, { cause: error });
  });
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = fieldsOf(head);
  return lines.map((line) => Object.fromEntries(fieldsOf(line).map((field, index) => [columns[index] ?? '', field])));
}

/** No field of the data set holds a comma or a quotation mark; some copies of it quote every field. */
function fieldsOf(line: string): string[] {
  return line.split(',').map((field) => field.replace(/^"(.*)"$/, '$1'));
}
