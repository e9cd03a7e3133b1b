// type-graphql's decorators, which events of the audit bring along, need it before they run.
import 'reflect-metadata';
import { newId } from '@tutorgraph/kit/database/id';
import { openDatabase } from '@tutorgraph/kit/database/open-database';
import { createOrm, migrate } from '@tutorgraph/kit/database/orm';
import { processSettings, readEnvironment } from '@tutorgraph/kit/environment/environment';
import { openSignals } from '@tutorgraph/kit/signals/signals';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { toolSettings } from '@tutorgraph/kit/tools/environment';
import { ProgressBar } from '@tutorgraph/kit/tools/progress-bar';
import { database as roomDatabase } from '../../database.js';
import { beginRanking } from '../begin-ranking.js';
import { RankerTrainer } from '../ranker-trainer.js';
import { rankingSettings } from '../ranking-settings.js';
import { RunningModel } from '../running-model.js';
import { trainingReport } from '../training-report.js';

/**
 * Trains a ranking model as the weekly job does: on DATABASE_URL, else in the embedded database, whether the server runs
 * or not.
 *
 * @returns what came of it
 */
async function train(): Promise<string> {
  const settings = readEnvironment({ ...toolSettings, ...rankingSettings }, processSettings());
  const { DATABASE_URL, DATA_DIR, REDIS_URL, RANKER_LEAST_LISTS } = settings;
  const { room } = roomDatabase;
  const logger = createLogger({ service: 'ranker', level: 'warn' });
  const opened = await openDatabase({
    dataDir: DATA_DIR,
    joinRunning: true,
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
  });
  const orm = await createOrm(roomDatabase, { url: opened.url, poolSize: 2 });
  const signals = await openSignals({ room, redisUrl: REDIS_URL, logger });
  try {
    await migrate(orm, room);
    await beginRanking(orm.em);
    const bar = new ProgressBar(process.stdout);
    const trainer = new RankerTrainer(orm.em, new RunningModel({ signals, logger }), RANKER_LEAST_LISTS);
    const { signal } = new AbortController();
    const onProgress = (share: number): void => bar.show('training', share);
    const result = await trainer.train({ modelId: newId(), at: new Date(), signal, onProgress });
    return trainingReport(result).join('\n');
  } finally {
    await signals.close();
    await orm.close();
    await opened.close();
  }
}

try {
  process.stdout.write(`${await train()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
