import type { RiskModel } from '../risk-model.js';

const DIGITS = 6;

/** The model as a file: numbers as long as they matter, one tree a line, so that a change can be read. */
export function writtenModel(model: RiskModel): string {
  const { boosted, ...rest } = rounded(model);
  const { trees, ...head } = boosted;
  const lines = trees.map((tree) => `  ${JSON.stringify(tree)}`).join(',\n');
  const start = JSON.stringify({ ...rest, boosted: head }).slice(0, -2);
  return `${start},"trees":[\n${lines}\n]}}\n`;
}

function rounded(model: RiskModel): RiskModel {
  const text = JSON.stringify(model, (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value,
  );
  return JSON.parse(text) as RiskModel;
}
