import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { personaOf } from '@tutorgraph/kit/demo/persona';
import { describe, expect, test } from 'vitest';
import type { MarketplaceDemo } from './data.js';
import { generateMarketplaceDemo } from './generate.js';
import { sentenceCount } from './phrases.js';

const options = { seed: 7, tutors: 100, students: 200, orders: 50, now: new Date('2026-11-21T09:00:00Z') };
const market = generateMarketplaceDemo(options);
const DAY = 86_400_000;

function byId<Row extends { id: string }>(rows: readonly Row[]): (id: string) => Row {
  const found = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const row = found.get(id);
    if (!row) throw new Error(`No row ${id}`);
    return row;
  };
}

const orderOf = byId(market.orders);
const tutorOf = byId(market.tutors);
const bookingOf = byId(market.bookings);

/** Every text somebody reads, with the language it has to be in. */
function texts({ tutors, orders, applications, reviews }: MarketplaceDemo): { locale: string; text: string }[] {
  return [
    ...tutors.flatMap(({ locale, headline, biography, education }) =>
      [headline, biography, education].map((text) => ({ locale, text })),
    ),
    ...orders.flatMap(({ locale, title, description, goal, preferredTimes }) =>
      [title, description, goal, preferredTimes].flatMap((text) => (text === null ? [] : [{ locale, text }])),
    ),
    ...applications.map(({ tutorId, message }) => ({ locale: tutorOf(tutorId).locale, text: message })),
    ...reviews.map(({ locale, text }) => ({ locale, text })),
  ];
}

describe('determinism', () => {
  test('the same seed gives the same market', () => {
    expect(generateMarketplaceDemo(options)).toEqual(market);
  });

  test('another seed gives another one, with the same subjects and the same people to sign in as', () => {
    const other = generateMarketplaceDemo({ ...options, seed: 8 });
    expect(other.tutors[1]).not.toEqual(market.tutors[1]);
    expect(other.subjects).toEqual(market.subjects);
    expect(other.tutors[0]?.userId).toBe(market.tutors[0]?.userId);
  });

  test('people are those of the accounts room', () => {
    expect(market.tutors[3]?.userId).toBe(demoId(7, 'user:tutor', 2));
    const students = new Set([
      FIXED_PEOPLE.STUDENT.id,
      ...Array.from({ length: 200 }, (_, index) => demoId(7, 'user:student', index)),
    ]);
    expect(market.orders.filter(({ studentId }) => !students.has(studentId))).toEqual([]);
  });
});

describe('lessons that are to come', () => {
  const upcoming = market.bookings.filter(({ status }) => status === 'CONFIRMED');

  test('are there, also for whoever signs in as the student', () => {
    expect(upcoming.length).toBeGreaterThan(20);
    expect(upcoming.filter(({ studentId }) => studentId === FIXED_PEOPLE.STUDENT.id)).toHaveLength(2);
  });

  test('lie within two weeks, between people who have met, and nobody is at two at once', () => {
    const met = new Set(
      market.bookings.filter(({ status }) => status === 'COMPLETED').map((one) => `${one.tutorId} ${one.studentId}`),
    );
    const diary = new Map<string, number[]>();
    for (const { tutorId, studentId, startsAt } of upcoming) {
      expect(met.has(`${tutorId} ${studentId}`)).toBe(true);
      const start = startsAt?.getTime() ?? 0;
      expect(start).toBeGreaterThan(options.now.getTime());
      expect(start).toBeLessThan(options.now.getTime() + 14 * DAY);
      for (const person of [tutorId, studentId]) {
        const others = diary.get(person) ?? [];
        expect(others.filter((other) => Math.abs(other - start) < 3_600_000)).toEqual([]);
        diary.set(person, [...others, start]);
      }
    }
  });
});

describe('what the market allows', () => {
  test('a tutor applies to an order once, and only for what the tutor teaches', () => {
    const pairs = market.applications.map(({ orderId, tutorId }) => `${orderId} ${tutorId}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    const unfit = market.applications.filter(({ orderId, tutorId }) => {
      return !tutorOf(tutorId).offerings.some(({ subject }) => subject === orderOf(orderId).subject);
    });
    expect(unfit).toEqual([]);
  });

  test('a matched order has exactly one chosen application and its booking; other orders have none', () => {
    for (const order of market.orders) {
      const own = market.applications.filter(({ orderId }) => orderId === order.id);
      const chosen = own.filter(({ status }) => status === 'CHOSEN');
      const bookings = market.bookings.filter(({ orderId, status }) => orderId === order.id && status !== 'CONFIRMED');
      expect(chosen.length).toBe(order.status === 'MATCHED' ? 1 : 0);
      expect(bookings.map(({ applicationId }) => applicationId)).toEqual(chosen.map(({ id }) => id));
      if (order.status !== 'OPEN') expect(own.filter(({ status }) => status === 'PENDING')).toEqual([]);
      expect(order.closedAt === null).toBe(order.status === 'OPEN');
    }
  });

  test("a booking has its application's price and times only when it has taken place", () => {
    const applicationOf = byId(market.applications);
    for (const booking of market.bookings) {
      const { rateMinor, currency, tutorId } = applicationOf(booking.applicationId);
      expect(booking).toMatchObject({ priceMinor: rateMinor, currency, tutorId });
      expect(booking.startsAt === null).toBe(booking.status === 'UNSCHEDULED');
    }
  });

  test('only completed bookings are reviewed, each once, by their students', () => {
    expect(new Set(market.reviews.map(({ bookingId }) => bookingId)).size).toBe(market.reviews.length);
    for (const review of market.reviews) {
      const booking = bookingOf(review.bookingId);
      expect(booking.status).toBe('COMPLETED');
      expect(review).toMatchObject({ studentId: booking.studentId, tutorId: booking.tutorId });
    }
  });

  test('ratings are those of the reviews that are there', () => {
    for (const tutor of market.tutors) {
      const own = market.reviews.filter(({ tutorId }) => tutorId === tutor.id);
      expect(tutor.reviewCount).toBe(own.length);
      expect(tutor.ratingSum).toBe(own.reduce((sum, { rating }) => sum + rating, 0));
    }
  });

  test('everything happens in its order, within the last twelve months', () => {
    const oldest = options.now.getTime() - 366 * DAY;
    for (const { orderId, tutorId, createdAt, decidedAt, status } of market.applications) {
      expect(createdAt > orderOf(orderId).createdAt).toBe(true);
      expect(createdAt > tutorOf(tutorId).createdAt).toBe(true);
      expect(decidedAt === null).toBe(status === 'PENDING');
      if (decidedAt) expect(decidedAt > createdAt).toBe(true);
    }
    for (const { bookingId, createdAt } of market.reviews) {
      const { endsAt, createdAt: booked } = bookingOf(bookingId);
      expect(endsAt !== null && endsAt > booked && createdAt > endsAt).toBe(true);
    }
    const moments = [...market.orders, ...market.applications, ...market.reviews, ...market.tutors].map(
      ({ createdAt }) => createdAt,
    );
    expect(moments.filter((moment) => moment.getTime() < oldest || moment > options.now)).toEqual([]);
    const closed = market.orders.flatMap(({ closedAt }) => (closedAt ? [closedAt] : []));
    const held = market.bookings.filter(({ status }) => status !== 'CONFIRMED');
    const lessons = held.flatMap(({ endsAt }) => (endsAt ? [endsAt] : []));
    expect([...closed, ...lessons].filter((moment) => moment > options.now)).toEqual([]);
  });

  test('lessons in person have a city, and their tutors live there', () => {
    const inPerson = market.orders.filter(({ format }) => format === 'IN_PERSON');
    expect(inPerson.filter(({ city }) => city === null)).toEqual([]);
    const matched = market.applications.filter(({ orderId }) => orderOf(orderId).format === 'IN_PERSON');
    expect(matched.filter(({ orderId, tutorId }) => tutorOf(tutorId).city !== orderOf(orderId).city)).toEqual([]);
    expect(market.tutors.filter(({ formats, city }) => formats.includes('IN_PERSON') && city === null)).toEqual([]);
  });
});

describe('people to sign in as', () => {
  test('the student has three open orders with several applications, and a lesson that waits for a review', () => {
    const own = market.orders.filter(({ studentId }) => studentId === FIXED_PEOPLE.STUDENT.id);
    const open = own.filter(({ status }) => status === 'OPEN');
    expect(open).toHaveLength(3);
    for (const order of open) {
      const waiting = market.applications.filter(({ orderId, status }) => orderId === order.id && status === 'PENDING');
      expect(waiting.length).toBeGreaterThanOrEqual(2);
    }
    const [lesson] = market.bookings.filter(({ studentId }) => studentId === FIXED_PEOPLE.STUDENT.id);
    expect(lesson).toMatchObject({ status: 'COMPLETED', tutorId: market.tutors[0]?.id });
    expect(market.reviews.filter(({ bookingId }) => bookingId === lesson?.id)).toEqual([]);
  });

  test('the tutor has a full profile, reviews, and an application that may be chosen', () => {
    const [tutor] = market.tutors;
    expect(tutor).toMatchObject({ userId: FIXED_PEOPLE.TUTOR.id, displayName: 'Анна С.', hiddenAt: null });
    expect(tutor?.reviewCount).toBeGreaterThan(10);
    const own = market.applications.filter(({ tutorId }) => tutorId === tutor?.id);
    expect(own.map(({ status }) => status)).toEqual(expect.arrayContaining(['PENDING', 'CHOSEN']));
  });
});

describe('texts', () => {
  test("are in their author's language", () => {
    const share = (text: string): number => (text.match(/[а-яё]/gi)?.length ?? 0) / text.length;
    const inEnglish = texts(market).filter(({ locale }) => locale === 'en');
    expect(inEnglish.filter(({ text }) => share(text) > 0)).toEqual([]);
    // A short line may be mostly names of exams.
    const inRussian = texts(market).filter(({ locale }) => locale === 'ru');
    expect(inRussian.filter(({ text }) => share(text) < (text.length > 60 ? 0.5 : 0.02))).toEqual([]);
  });

  test('hold no remnants of templates and no doubled spaces', () => {
    const odd = texts(market).filter(({ text }) =>
      /undefined|null|NaN|[{}|~]|^\+|\[object| {2}|^\s|\s$|\s[.,!?]|^$/.test(text),
    );
    expect(odd).toEqual([]);
  });

  test('no two tutors have the same biography, each of three to six sentences', () => {
    const biographies = market.tutors.map(({ biography }) => biography);
    expect(new Set(biographies).size).toBe(biographies.length);
    expect(biographies.filter((biography) => sentenceCount(biography) < 3 || sentenceCount(biography) > 6)).toEqual([]);
  });

  test('no two applications to an order are the same', () => {
    const messages = market.applications.map(({ orderId, message }) => `${orderId} ${message}`);
    expect(new Set(messages).size).toBe(messages.length);
  });

  test('tutors speak of themselves in their own gender', () => {
    const wrong = market.tutors.slice(1).filter(({ biography, locale }, index) => {
      const { gender } = personaOf(7, 'user:tutor', index);
      const other =
        gender === 'female'
          ? /(^|\s)(окончил|понял|рад|научился|собрал)(?![а-я])/i
          : /(окончила|поняла|рада|научилась|собрала)(?![а-я])/i;
      return locale === 'ru' && other.test(biography);
    });
    expect(wrong).toEqual([]);
  });

  test('reviews have one to four sentences, and few stars do not come with praise', () => {
    expect(market.reviews.filter(({ text }) => sentenceCount(text) < 1 || sentenceCount(text) > 4)).toEqual([]);
    const praising = market.reviews.filter(
      ({ rating, text }) => rating <= 2 && /Лучший|Рекомендую|Best tutor|Warmly/i.test(text),
    );
    expect(praising).toEqual([]);
  });
});

describe('distributions', () => {
  const large = generateMarketplaceDemo({ ...options, tutors: 1_000, students: 2_000, orders: 500 });
  const rated = large.tutors.filter(({ reviewCount }) => reviewCount >= 3);
  const means = rated.map(({ ratingSum, reviewCount }) => ratingSum / reviewCount);

  test('most ratings lie between 4.6 and 5, a few are low', () => {
    const share = (fits: (mean: number) => boolean): number => means.filter(fits).length / means.length;
    expect(share((mean) => mean >= 4.6)).toBeGreaterThan(0.6);
    expect(share((mean) => mean < 4)).toBeGreaterThan(0.01);
    expect(share((mean) => mean < 4)).toBeLessThan(0.15);
  });

  test('review counts have a heavy tail, and newcomers have none', () => {
    const counts = large.tutors.map(({ reviewCount }) => reviewCount).sort((a, b) => a - b);
    expect(counts.filter((count) => count === 0).length / counts.length).toBeGreaterThan(0.12);
    const median = counts[Math.floor(counts.length / 2)] ?? 0;
    expect(counts.at(-1)).toBeGreaterThan(8 * Math.max(1, median));
  });

  test('prices are skewed to the right, dearer in Moscow and for programming', () => {
    const rates = (fits: (tutor: (typeof large.tutors)[number], subject: string) => boolean): number => {
      const found = large.tutors.flatMap((tutor) =>
        tutor.currency === 'RUB'
          ? tutor.offerings.filter(({ subject }) => fits(tutor, subject)).map(({ rateMinor }) => rateMinor)
          : [],
      );
      return found.reduce((sum, rate) => sum + rate, 0) / found.length;
    };
    expect(rates(({ city }) => city === 'Москва')).toBeGreaterThan(1.2 * rates(({ city }) => city === 'Казань'));
    expect(rates((_, subject) => subject === 'programming')).toBeGreaterThan(
      1.2 * rates((_, subject) => subject === 'history'),
    );
    const everybody = rates(() => true);
    expect(everybody).toBeGreaterThan(100_000);
    expect(everybody).toBeLessThan(300_000);
  });

  test('every subject is taught, and no two of a thousand tutors tell the same', () => {
    const taught = new Set(large.tutors.flatMap(({ offerings }) => offerings.map(({ subject }) => subject)));
    expect(taught.size).toBe(large.subjects.length);
    expect(new Set(large.tutors.map(({ biography }) => biography)).size).toBe(large.tutors.length);
  });

  test('some profiles are hidden', () => {
    const hidden = market.tutors.filter(({ hiddenAt }) => hiddenAt !== null).length;
    expect(hidden).toBeGreaterThanOrEqual(1);
    expect(hidden).toBeLessThanOrEqual(4);
  });
});
