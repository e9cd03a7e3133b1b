import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { Review } from '../review.entity.js';
import { networkHash } from './network-hash.js';
import { sketchOf } from './sketch.rules.js';
import type { WeighReviewJob } from './weigh-review.job.js';

/** Lets reviews be weighed after the commit, and keeps what they are weighed by. */
export class Weighing {
  constructor(
    private readonly job: WeighReviewJob,
    private readonly secret: string,
  ) {}

  /** By what other reviews are compared with this one. @param address the client's */
  traitsOf(text: string | null | undefined, address: string | undefined): Pick<Review, 'sketch' | 'networkHash'> {
    return { sketch: sketchOf(text), networkHash: networkHash(address, this.secret) };
  }

  /** Lets a review be weighed once this transaction has committed. */
  async request(tx: EntityManager, { id: reviewId }: Review): Promise<void> {
    await enqueue(tx, this.job, { reviewId });
  }
}
