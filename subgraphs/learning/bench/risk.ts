import { processSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { Cohort } from '@tutorgraph/learning/risk/cohort';
import { riskRow, riskView } from '@tutorgraph/learning/risk/risk-features';
import { riskProbability } from '@tutorgraph/learning/risk/risk-model';
import { predictionFigures, trainRiskModel } from '@tutorgraph/learning/risk/risk-training';
import { type OuladModule, readOulad } from '@tutorgraph/learning/risk/train/oulad';
import { ouladSettings } from '@tutorgraph/learning/risk/train/oulad-settings';
import { fitLogistic, sixFeatures } from './six-features.ts';

const DAY = 60;
const MARGIN_GOAL = 0.03;
const CALIBRATION_GOAL = 0.05;

/** Learns from some modules what to say of the students of another. */
type Predictor = (others: readonly OuladModule[], tested: readonly OuladModule[]) => number[];

const PREDICTORS: Record<string, Predictor> = {
  'boosted, as shipped': boosted,
  'six features, logistic': logisticOnSix({ score: 0, share: 0 }),
  'six features, absences filled in': logisticOnSix(undefined),
};
const [OURS = '', PEER = '', FILLED = ''] = Object.keys(PREDICTORS);

/** One rotation's figures. */
type Figures = ReturnType<typeof predictionFigures>;

/** Trains on all modules but one and tests on that one, each in turn. */
async function bench(): Promise<void> {
  const { OULAD_DIR } = readEnvironment(ouladSettings, processSettings());
  const runs = await readOulad(OULAD_DIR);
  const modules = [...new Set(runs.map(({ module }) => module))].sort();
  if (modules.length < 2) throw new Error(`${OULAD_DIR} holds one module; training and testing need two or more`);
  print(`Will a student not pass? Asked on day ${DAY}, trained on the other ${modules.length - 1} modules\n`);
  print([pad('', 34), ...modules.map((module) => module.padStart(6)), '  mean', '   all'].join(' '));
  const figures = new Map(Object.keys(PREDICTORS).map((name) => [name, measure(name, runs, modules)]));
  const meanAuc = (name: string): number => meanOf(figures.get(name)?.map(({ auc }) => auc) ?? []);
  const ours = pooled.get(OURS);
  const error = ours ? predictionFigures(ours.predictions, ours.outcomes).calibrationError : Number.NaN;
  print('');
  goal(`mean AUC above "${PEER}"`, meanAuc(OURS) - meanAuc(PEER), MARGIN_GOAL, 'least');
  print(`       above "${FILLED}": ${(meanAuc(OURS) - meanAuc(FILLED)).toFixed(4)}`);
  goal('calibration error of all predictions', error, CALIBRATION_GOAL, 'most');
}

/** What was said of everybody, and what became of them. */
const pooled = new Map<string, { predictions: number[]; outcomes: number[] }>();

function measure(name: string, runs: readonly OuladModule[], modules: readonly string[]): Figures[] {
  const all = { predictions: [] as number[], outcomes: [] as number[] };
  const figures = modules.map((module) => {
    const tested = runs.filter((run) => run.module === module);
    const predictions =
      PREDICTORS[name]?.(
        runs.filter((run) => run.module !== module),
        tested,
      ) ?? [];
    const outcomes = tested.flatMap((run) => run.outcomes);
    all.predictions.push(...predictions);
    all.outcomes.push(...outcomes);
    return predictionFigures(predictions, outcomes);
  });
  pooled.set(name, all);
  const whole = predictionFigures(all.predictions, all.outcomes);
  const line = (title: string, key: keyof Figures): void => {
    const values = figures.map((one) => one[key]);
    print(
      [pad(title, 34), ...[...values, meanOf(values), whole[key]].map((value) => value.toFixed(3).padStart(6))].join(
        ' ',
      ),
    );
  };
  print(name);
  line('  AUC', 'auc');
  line('  calibration error', 'calibrationError');
  line('  precision at the top 10 %', 'precisionAtTop');
  return figures;
}

function boosted(others: readonly OuladModule[], tested: readonly OuladModule[]): number[] {
  const model = trainRiskModel(
    others.map((run) => ({ ...run, group: run.module })),
    { source: 'bench' },
  );
  return tested.flatMap(({ course, histories }) => {
    const cohort = new Cohort(course, histories, DAY);
    return histories.map((history) => riskProbability(model, riskRow(riskView(history, cohort))));
  });
}

/** @param absent - stands for what there is none of; left out, the mean of the others does */
function logisticOnSix(absent: { score: number; share: number } | undefined): Predictor {
  return (others, tested) => {
    const filled = absent ?? usual(others);
    const rowsOf = ({ course, histories }: OuladModule) =>
      histories.map((history) => sixFeatures(course, history, DAY, filled));
    const outcomes = others.flatMap((run) => run.outcomes);
    return tested.flatMap(rowsOf).map(fitLogistic(others.flatMap(rowsOf), outcomes));
  };
}

function usual(runs: readonly OuladModule[]): { score: number; share: number } {
  const none = { score: Number.NaN, share: Number.NaN };
  const rows = runs.flatMap(({ course, histories }) =>
    histories.map((history) => sixFeatures(course, history, DAY, none)),
  );
  const column = (index: number) => rows.map((row) => row[index] ?? 0).filter((value) => !Number.isNaN(value));
  return { score: meanOf(column(0)), share: meanOf(column(1)) };
}

function goal(what: string, value: number, bound: number, by: 'least' | 'most'): void {
  const holds = by === 'least' ? value >= bound : value <= bound;
  print(`${holds ? 'holds ' : 'MISSED'} ${what}: ${value.toFixed(4)}, goal ${by === 'least' ? '≥' : '≤'} ${bound}`);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function pad(text: string, width: number): string {
  return text.padEnd(width);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await bench();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
