import { type BoostingOptions, trainBoosting } from '@tutorgraph/kit/boosting/boosting';
import { lambdaRank } from '@tutorgraph/kit/boosting/lambda-rank';
import { boostedScore } from '@tutorgraph/kit/boosting/model';
import { groupsOf, meanNdcg } from '@tutorgraph/kit/boosting/ndcg';
import { type RankingData, rankingData } from './ranking-data.ts';
import { type XgboostSettings, xgboost } from './xgboost.ts';

const TOP = 10;
const LISTS = 1_200;
/** Of xgboost's NDCG at least. */
const GOAL = 0.99;
const SEEDS = ['one', 'two', 'three'];

const OPTIONS = {
  rounds: 150,
  leaves: 16,
  depth: 5,
  learningRate: 0.1,
  l2: 1,
  leastHessian: 0.1,
  bins: 64,
} satisfies BoostingOptions;

/** The same in xgboost's words. */
const SETTINGS: XgboostSettings = {
  booster: 'gbtree',
  objective: 'rank:ndcg',
  tree_method: 'hist',
  grow_policy: 'lossguide',
  num_round: OPTIONS.rounds,
  max_leaves: OPTIONS.leaves,
  max_depth: OPTIONS.depth,
  eta: OPTIONS.learningRate,
  lambda: OPTIONS.l2,
  min_child_weight: OPTIONS.leastHessian,
  max_bin: OPTIONS.bins,
};

/** Ours beside Debian’s `xgboost` (rank:ndcg) on the same made-up lists: how well lists are ranked that neither has seen. */
export async function bench(): Promise<void> {
  const ratios: number[] = [];
  for (const seed of SEEDS) {
    const [train, test] = [rankingData(LISTS, `${seed}, train`), rankingData(LISTS, `${seed}, test`)];
    const start = performance.now();
    const names = Array.from({ length: train.features.columns }, (_, column) => `f${column}`);
    const model = trainBoosting(names, train.features, lambdaRank(groupsOf(train.labels, train.sizes)), OPTIONS);
    const ms = performance.now() - start;
    const own = ndcgOf(test, (row) => boostedScore(model, row));
    print(`lists “${seed}”, ${train.labels.length} rows: ours NDCG@${TOP} ${own.toFixed(4)} in ${seconds(ms)}`);
    const peer = await xgboost(train, test, SETTINGS);
    if (!peer) {
      print('  xgboost is not installed, so there is nothing to stand beside: apt-get install xgboost');
      continue;
    }
    const other = meanNdcg(groupsOf(test.labels, test.sizes), peer.scores, TOP);
    ratios.push(own / other);
    print(`  xgboost ${other.toFixed(4)} in ${seconds(peer.ms)}; at random ${ndcgOf(test, () => 0).toFixed(4)}`);
  }
  if (ratios.length === 0) return;
  const ratio = ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
  const verdict = ratio >= GOAL ? 'holds' : 'MISSED';
  print(`NDCG@${TOP} against xgboost's: ${(ratio * 100).toFixed(2)} % (goal ≥ ${GOAL * 100} %: ${verdict})`);
}

function ndcgOf({ features, labels, sizes }: RankingData, scoreOf: (row: Float64Array) => number): number {
  const { values, columns } = features;
  const scores = labels.map((_, row) => scoreOf(values.subarray(row * columns, (row + 1) * columns)));
  return meanNdcg(groupsOf(labels, sizes), scores, TOP);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
