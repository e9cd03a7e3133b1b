import { DeliveryError } from '@tutorgraph/kit/delivery/delivery-error';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';

/** Sends a message; when it is refused for good that is noted, for trying again is of no use. @throws DeliveryError */
export async function sendUnlessRefused(send: () => Promise<void>, logger: Logger): Promise<void> {
  try {
    await send();
  } catch (err) {
    if (!(err instanceof DeliveryError) || err.isTemporary) throw err;
    logger.warn({ err }, 'A message was refused for good and is given up');
  }
}
