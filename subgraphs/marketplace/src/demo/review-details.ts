import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { Random } from '@tutorgraph/kit/demo/random';
import { fill } from '@tutorgraph/kit/demo/text';
import { REVIEW_ANSWERS } from './content/review-answers.js';
import type { DemoAnswer, DemoReview } from './data.js';
import { Phrases } from './phrases.js';
import { awake, HOUR } from './times.js';
import type { MadeTutor } from './tutors.js';

type Scores = Pick<DemoReview, 'clarity' | 'preparation' | 'progress' | 'reassurance'>;

/** What a review says besides its stars: near them, and not always said. */
export function drawScores(rating: number, seed: number, index: number): Scores {
  const random = new Random('review scores', seed, index);
  const isDetailed = random.chance(0.65);
  const score = (): number | null => {
    if (!isDetailed || random.chance(0.1)) return null;
    return Math.min(5, Math.max(1, rating + random.weighted([-1, 0, 1], (by) => (by === 0 ? 0.7 : 0.15))));
  };
  return { clarity: score(), preparation: score(), progress: score(), reassurance: score() };
}

/** What tutors answered to a third of their reviews, most often to those that are not glad. */
export function answerReviews(
  reviews: readonly DemoReview[],
  tutors: readonly MadeTutor[],
  { seed, now }: { seed: number; now: Date },
): DemoAnswer[] {
  const phrases = new Phrases(new Random('review answers', seed));
  const { random } = phrases;
  const byId = new Map(tutors.map((tutor) => [tutor.profile.id, tutor]));
  return reviews.flatMap(({ id: reviewId, tutorId, rating, locale, createdAt: written }, index) => {
    const tutor = byId.get(tutorId);
    const createdAt = awake(new Date(written.getTime() + random.integer(2, 60) * HOUR), random);
    if (!tutor || createdAt >= now || !random.chance(rating > 3 ? 0.3 : 0.6)) return [];
    const text = phrases.deal(REVIEW_ANSWERS[locale][rating > 3 ? 'glad' : 'sorry']) ?? '';
    const { gender } = tutor.persona;
    return [{ id: demoId(seed, 'review-answer', index), reviewId, tutorId, text: fill(text, { gender }), createdAt }];
  });
}
