import type { RecommendationsCore, RecommendationsPart } from '../core.js';
import { ConversionResolver } from './conversion.resolver.js';
import { ConversionService } from './conversion.service.js';
import { ExperimentResolver } from './experiment.resolver.js';
import { ExperimentService } from './experiment.service.js';
import { ExposureLog } from './exposure-log.js';
import { forgetUnitsJob } from './forget-units.job.js';
import { ExperimentResultsResolver } from './results.resolver.js';
import { ResultsService } from './results.service.js';
import { RunningExperiments } from './running-experiments.js';
import { Variants } from './variants.js';
import { watchExperimentsJob } from './watch-experiments.job.js';

/** Wires experiments; `variants` is for whatever acts on them. */
export function createExperiments({ tools }: RecommendationsCore): RecommendationsPart & { variants: Variants } {
  const running = new RunningExperiments(tools.signals, tools.logger);
  const exposures = new ExposureLog(tools.orm.em, tools.logger);
  const stop = running.listen();
  const variants = new Variants(running, exposures);
  const results = new ResultsService(running);
  return {
    variants,
    resolvers: [
      new ExperimentResolver(new ExperimentService(running)),
      new ConversionResolver(new ConversionService(variants, exposures)),
      new ExperimentResultsResolver(results),
    ],
    jobs: [watchExperimentsJob(tools.orm.em, results), forgetUnitsJob(tools.orm.em)],
    close: async () => {
      stop();
      await exposures.written();
    },
  };
}
