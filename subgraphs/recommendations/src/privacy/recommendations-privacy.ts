import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { collectAlerts, eraseAlerts } from './alert-privacy.js';
import { collectExperiments, eraseExperiments } from './experiments-privacy.js';
import { collectFeedback, eraseFeedback } from './feedback-privacy.js';
import { collectMarket, eraseMarket } from './market-privacy.js';
import { collectModels, eraseModels } from './models-privacy.js';

type Collect = RoomPrivacy['collect'];
type Erase = RoomPrivacy['erase'];

const COLLECTED: readonly Collect[] = [
  collectExperiments,
  collectFeedback,
  collectMarket,
  collectAlerts,
  collectModels,
  // One a line.
];

const ERASED: readonly Erase[] = [
  forgetIdempotencyKeys,
  eraseExperiments,
  eraseFeedback,
  eraseMarket,
  eraseAlerts,
  eraseModels,
  // One a line.
];

/** What recommendations holds about somebody, and what is left of it when they are erased. */
export const recommendationsPrivacy: RoomPrivacy = {
  async collect(em, userId) {
    const parts = await Promise.all(COLLECTED.map((collect) => collect(em, userId)));
    return { sections: Object.assign({}, ...parts.map(({ sections }) => sections)) };
  },

  async erase(tx, userId) {
    for (const erase of ERASED) await erase(tx, userId);
  },
};
