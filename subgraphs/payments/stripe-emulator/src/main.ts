import { processSettings } from '@tutorgraph/kit/environment/environment';
import { type Lifecycle, type RunningProcess, runUntilSignal } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { createStripeEmulator } from './emulator.js';
import { readEmulatorEnvironment } from './environment.js';

await runUntilSignal(start);

async function start(lifecycle: Lifecycle): Promise<RunningProcess> {
  const environment = readEmulatorEnvironment(processSettings());
  const logger = createLogger({ service: 'stripe', level: environment.LOG_LEVEL });
  const emulator = createStripeEmulator({
    dataDir: environment.DATA_DIR,
    secretKey: environment.STRIPE_SECRET_KEY,
    ...(environment.STRIPE_EMULATOR_URL && { publicUrl: environment.STRIPE_EMULATOR_URL }),
    ...(environment.webhooks && { webhooks: environment.webhooks }),
    logger,
  });
  for (const path of ['/health/live', '/health/ready']) emulator.app.get(path, () => ({ status: 'ready' }));
  lifecycle.own('emulator', () => emulator.close());
  const url = await emulator.listen({ host: environment.HOST, port: environment.STRIPE_EMULATOR_PORT });
  logger.info({ url }, 'The Stripe emulator is ready');
  return { logger };
}
