import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import { insertRows } from '@tutorgraph/kit/demo/insert-rows';
import { studentCount } from '@tutorgraph/kit/demo/population';
import type { RoomDemo } from '@tutorgraph/kit/room/demo';
import { allCopies } from '../copies/copy.service.js';
import { Order } from '../orders/order.entity.js';
import { dimensions } from '../reviews/rating.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { generateMarketplaceDemo } from './generate.js';
import { paidLessons } from './paid-lessons.js';
import { marketplaceRows } from './rows.js';

const DEMO_TUTORS = 'select id from marketplace.tutors where id::text like :demo or user_id::text like :demo';
const DEMO_ORDERS = 'select id from marketplace.orders where id::text like :demo or student_id::text like :demo';
const TOUCHED = `tutor_id in (${DEMO_TUTORS}) or order_id in (${DEMO_ORDERS})`;

/** In the order of the table's columns. */
const RATING_COLUMNS = [
  ...[1, 2, 3, 4, 5].map((rating) => `count(*) filter (where rating = ${rating})`),
  ...dimensions.map((dimension) => `coalesce(sum(${dimension}), 0), count(${dimension})`),
].join(', ');

/** What the demo's people did and what others did with them; everything else stays. */
const CLEARING = [
  `update marketplace.tutors set rating_sum = rating_sum - gone.stars, review_count = review_count - gone.reviews
     from (select tutor_id, sum(rating) as stars, count(*) as reviews from marketplace.reviews
            where state = 'PUBLISHED' and booking_id in (select id from marketplace.bookings where ${TOUCHED})
            group by tutor_id) as gone
    where tutors.id = gone.tutor_id`,
  `delete from marketplace.reviews where booking_id in (select id from marketplace.bookings where ${TOUCHED})`,
  `delete from marketplace.tutor_ratings where tutor_id in (select tutor_id from marketplace.bookings where ${TOUCHED})`,
  `insert into marketplace.tutor_ratings
   select tutor_id, ${RATING_COLUMNS} from marketplace.reviews
    where state = 'PUBLISHED' and tutor_id in (select tutor_id from marketplace.bookings where ${TOUCHED}) group by tutor_id`,
  `delete from marketplace.moderation_cases where tutor_id in (${DEMO_TUTORS}) or author_id::text like :demo`,
  `delete from marketplace.bookings where ${TOUCHED}`,
  `delete from marketplace.student_rates where tutor_id in (${DEMO_TUTORS}) or student_id::text like :demo`,
  `delete from marketplace.applications where ${TOUCHED}`,
  `delete from marketplace.orders where id in (${DEMO_ORDERS})`,
  `delete from marketplace.interviews where tutor_id in (${DEMO_TUTORS})`,
  `delete from marketplace.offerings where tutor_id in (${DEMO_TUTORS})`,
  `delete from marketplace.schedules where tutor_id in (${DEMO_TUTORS})`,
  'delete from marketplace.saved_searches where user_id::text like :demo',
  `delete from marketplace.saved_tutors where tutor_id in (${DEMO_TUTORS}) or user_id::text like :demo`,
  `delete from marketplace.tutors where id in (${DEMO_TUTORS})`,
  `delete from marketplace.subjects where id::text like :demo
      and not exists (select from marketplace.offerings where subject_id = subjects.id)
      and not exists (select from marketplace.orders where subject_id = subjects.id)
      and not exists (select from marketplace.interviews where subject_id = subjects.id)`,
].map((statement) => statement.replaceAll(':demo', `'${DEMO_ID_PATTERN}'`));

/** The market of the demo: subjects, tutors, orders and all that came of them. */
export const demo: RoomDemo = {
  async isEmpty(em) {
    return (await em.count(Tutor)) === 0 && (await em.count(Order)) === 0;
  },

  clear(em) {
    return transaction(em, async (tx) => {
      for (const statement of CLEARING) await tx.execute(statement);
    });
  },

  async load(em: EntityManager, { onProgress, ...options }) {
    const market = generateMarketplaceDemo({ ...options, students: studentCount(options) });
    const present = await em.find(Subject, {});
    await insertRows(
      em,
      marketplaceRows(market, new Map(present.map(({ slug, id }) => [slug, id])), options.now),
      onProgress,
    );
    return { lessons: paidLessons(market), copies: await allCopies(em) };
  },
};
