import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { Random } from '@tutorgraph/kit/demo/random';
import { SUBJECTS } from './content/subjects.js';
import type { DemoReview, DemoSubject, DemoTutor, MarketplaceDemo, MarketplaceDemoOptions } from './data.js';
import { generateHistory } from './history.js';
import { Ledger } from './ledger.js';
import { generateCurrentOrders, generateDemoStudentOrders } from './orders.js';
import { Phrases } from './phrases.js';
import { answerReviews } from './review-details.js';
import { generateSchedules } from './schedules.js';
import { generateTutors } from './tutors.js';
import { generateUpcoming } from './upcoming.js';
import { generateVerifications } from './verifications.js';

/** Makes up a market: pure, the same options give the same market. */
export function generateMarketplaceDemo(options: MarketplaceDemoOptions): MarketplaceDemo {
  const tutors = generateTutors(options);
  const phrases = new Phrases(new Random('market', options.seed));
  const ledger = new Ledger(options.seed, phrases);
  const making = { options, ledger, phrases, tutors };
  generateDemoStudentOrders(making);
  generateCurrentOrders(making);
  generateHistory(making);
  const { orders, applications, bookings, reviews } = ledger;
  const profiles = tutors.map(({ profile }) => profile);
  rate(profiles, reviews);
  const schedules = generateSchedules(options.seed, tutors, options.now);
  bookings.push(...generateUpcoming(options.seed, bookings, schedules, options.now));
  const verifications = generateVerifications(options.seed, tutors, options.now);
  const answers = answerReviews(reviews, tutors, options);
  const happened = { orders, applications, bookings, reviews, answers };
  return { subjects: SUBJECTS.map(subjectRow), tutors: profiles, schedules, verifications, ...happened };
}

/** A subject's id depends on its slug alone: subjects are the same in every demo. */
function subjectRow({ slug, name }: (typeof SUBJECTS)[number], index: number): DemoSubject {
  return { id: demoId(0, `subject:${slug}`, index), slug, name };
}

/** Rating and review count are those of the reviews that are really there. */
function rate(tutors: readonly DemoTutor[], reviews: readonly DemoReview[]): void {
  const received = Map.groupBy(reviews, ({ tutorId }) => tutorId);
  for (const tutor of tutors) {
    const own = received.get(tutor.id) ?? [];
    tutor.reviewCount = own.length;
    tutor.ratingSum = own.reduce((sum, { rating }) => sum + rating, 0);
  }
}
