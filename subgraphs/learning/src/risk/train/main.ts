import { writeFile } from 'node:fs/promises';
import { featureImportance } from '@tutorgraph/kit/boosting/model';
import { processSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { RISK_FEATURES } from '../risk-features.js';
import { trainRiskModel } from '../risk-training.js';
import { type OuladModule, readOulad } from './oulad.js';
import { ouladSettings } from './oulad-settings.js';
import { writtenModel } from './written-model.js';

const FILE = new URL('../../../data/risk-model.json', import.meta.url);
const ATTRIBUTION =
  'Trained on the Open University Learning Analytics Dataset by J. Kuzilek, M. Hlosta and Z. Zdrahal (2017), ' +
  'https://analyse.kmi.open.ac.uk/open_dataset, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)';

/** Trains the model that a school begins with and writes it where the room reads it. */
async function train(): Promise<void> {
  const { OULAD_DIR } = readEnvironment(ouladSettings, processSettings());
  const modules = await readOulad(OULAD_DIR);
  for (const part of modules) print(lineOf(part));
  const runs = modules.map((part) => ({ ...part, group: part.module }));
  const source = { source: modules.map(({ course }) => course.id).join(', '), attribution: ATTRIBUTION };
  const model = trainRiskModel(runs, source, { onProgress: (share) => print(`${Math.round(share * 100)} % trained`) });
  await writeFile(FILE, writtenModel(model));
  const { auc, calibrationError, precisionAtTop } = model.figures;
  print(`Days all over the course, modules kept aside in turn: AUC ${auc.toFixed(3)},`);
  print(`calibration error ${calibrationError.toFixed(3)}, precision at the top 10 % ${precisionAtTop.toFixed(3)}`);
  print('What it looks at, by how much each lowered the loss:');
  const shares = featureImportance(model.boosted).map((share, index) => ({ share, name: RISK_FEATURES[index] }));
  for (const { share, name } of shares.sort((a, b) => b.share - a.share)) {
    if (share > 0) print(`  ${(share * 100).toFixed(1).padStart(5)} %  ${name}`);
  }
}

function lineOf({ course, histories, outcomes }: OuladModule): string {
  const failed = outcomes.filter((outcome) => outcome === 1).length;
  return `${course.id}: ${histories.length} students, ${failed} failed`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await train();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
