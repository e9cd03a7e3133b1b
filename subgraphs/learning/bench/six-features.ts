import { sigmoid } from '@tutorgraph/kit/boosting/objectives';
import type { RiskCourse, RiskHistory } from '@tutorgraph/learning/risk/risk-history';

const STEPS = 25;
const RIDGE = 1;

/**
 * What anybody would first tell a model of a student: the mean score so far, the share of what is due that was handed
 * in, the mean delay, how many were late, days since the last submission, and earlier attempts at the course.
 *
 * @param absent what stands for a mean score and a share that there is none of
 */
export function sixFeatures(
  { assessments }: RiskCourse,
  { submissions, previousAttempts = 0 }: RiskHistory,
  day: number,
  absent: { score: number; share: number },
): number[] {
  const dueDays = new Map(assessments.map(({ id, dueDay }) => [id, dueDay]));
  const seen = submissions.filter((submission) => submission.day <= day);
  const due = assessments.filter(({ dueDay }) => dueDay <= day);
  const submitted = due.filter(({ id }) => seen.some(({ assessmentId }) => assessmentId === id));
  const delays = seen.map((submission) => submission.day - (dueDays.get(submission.assessmentId) ?? 0));
  return [
    meanOf(seen.flatMap(({ score }) => score ?? [])) ?? absent.score,
    due.length > 0 ? submitted.length / due.length : absent.share,
    meanOf(delays) ?? 0,
    delays.filter((delay) => delay > 0).length,
    seen.length > 0 ? day - Math.max(...seen.map((submission) => submission.day)) : day,
    previousAttempts,
  ];
}

/** Logistic regression on standardised columns with a breath of L2, by Newton's method. @returns the probability of a row */
export function fitLogistic(rows: readonly number[][], labels: readonly number[]): (row: readonly number[]) => number {
  const columns = rows[0]?.map((_, column) => rows.map((row) => row[column] ?? 0)) ?? [];
  const scales = columns.map((column) => {
    const mean = meanOf(column) ?? 0;
    return { mean, deviation: Math.sqrt(meanOf(column.map((value) => (value - mean) ** 2)) ?? 0) || 1 };
  });
  const standard = (row: readonly number[]): number[] => [
    1,
    ...scales.map(({ mean, deviation }, column) => ((row[column] ?? 0) - mean) / deviation),
  ];
  const inputs = rows.map(standard);
  let weights = new Array<number>(scales.length + 1).fill(0);
  for (let step = 0; step < STEPS; step++) weights = newtonStep(inputs, labels, weights);
  return (row) => sigmoid(product(standard(row), weights));
}

function newtonStep(inputs: readonly number[][], labels: readonly number[], weights: readonly number[]): number[] {
  // One row an unknown: its second derivatives, then its first.
  const equations = weights.map((weight, row) => [
    ...weights.map((_, column) => (row === column && row > 0 ? RIDGE : 0)),
    row > 0 ? -RIDGE * weight : 0,
  ]);
  for (const [index, input] of inputs.entries()) {
    const probability = sigmoid(product(input, weights));
    const spread = probability * (1 - probability);
    for (const [row, equation] of equations.entries()) {
      const own = input[row] ?? 0;
      for (const [column, other] of input.entries()) equation[column] = (equation[column] ?? 0) + spread * own * other;
      equation[input.length] = (equation[input.length] ?? 0) + own * ((labels[index] ?? 0) - probability);
    }
  }
  const steps = solved(equations);
  return weights.map((weight, index) => weight + (steps[index] ?? 0));
}

/** Gauss and Jordan with the greatest pivot. */
function solved(equations: number[][]): number[] {
  for (let pivot = 0; pivot < equations.length; pivot++) {
    const rest = equations.slice(pivot).sort((a, b) => Math.abs(b[pivot] ?? 0) - Math.abs(a[pivot] ?? 0));
    equations.splice(pivot, rest.length, ...rest);
    const top = equations[pivot] ?? [];
    for (const [row, equation] of equations.entries()) {
      if (row === pivot) continue;
      const factor = (equation[pivot] ?? 0) / (top[pivot] ?? 1);
      for (const [column, value] of top.entries()) equation[column] = (equation[column] ?? 0) - factor * value;
    }
  }
  return equations.map((equation, row) => (equation.at(-1) ?? 0) / (equation[row] ?? 1));
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
}
