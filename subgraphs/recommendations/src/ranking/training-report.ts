import type { TrainingResult } from './ranker-trainer.js';
import type { RankingModel } from './ranking-model.entity.js';
import { areMeasured } from './training-metrics.js';

const FEATURES = 10;

/** What came of a training, in lines for a terminal. */
export function trainingReport(result: TrainingResult): string[] {
  if (!result) return ['This model was trained before.'];
  if (result.kind === 'TRAINED') return modelReport(result.model);
  const { found, needed } = result;
  return [
    'There is too little to learn from, so the model that runs goes on. Lists in which some tutors did better than others:',
    `  to learn from ${found.training} of ${needed.training}, to stop by ${found.validation} of ${needed.validation},` +
      ` to compare on ${found.comparison} of ${needed.comparison}`,
    'They count three weeks after they were shown; RANKER_LEAST_LISTS says how many are needed.',
  ];
}

function modelReport({ version, status, metrics, importance, dataFrom, dataTo }: RankingModel): string[] {
  if (!areMeasured(metrics)) return [];
  const days = [dataFrom, dataTo].map((at) => at?.toISOString().slice(0, 10)).join(' to ');
  const figure = (value: number): string => value.toFixed(4);
  const range = `${figure(metrics.differenceLow)} to ${figure(metrics.differenceHigh)}`;
  return [
    `Model ${version}: ${metrics.trees} trees from ${metrics.trainingLists} lists, ${days}`,
    `On ${metrics.comparisonLists} later lists, corrected by place: NDCG@10 ${figure(metrics.ndcg)},` +
      ` the model that ran ${figure(metrics.runningNdcg)}`,
    `  difference ${figure(metrics.difference)} (95 %: ${range})`,
    `  as logged ${figure(metrics.loggedNdcg)}, the model that ran ${figure(metrics.runningLoggedNdcg)}`,
    `  error of chances ${figure(metrics.calibrationError)}, of the model that ran ${figure(metrics.runningCalibrationError)}`,
    `Looked at, against the first place: the fifth ${figure(metrics.fifthPlaceLooked)}, the tenth ${figure(metrics.tenthPlaceLooked)}`,
    'What it looks at:',
    ...importance
      .slice(0, FEATURES)
      .map(({ feature, share }) => `  ${(share * 100).toFixed(1).padStart(5)} %  ${feature}`),
    status === 'RUNNING'
      ? 'It is for certain better and ranks from now on.'
      : 'It is not for certain better, so the model that ran goes on.',
  ];
}
