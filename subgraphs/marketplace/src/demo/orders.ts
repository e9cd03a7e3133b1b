import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { type Persona, personaOf } from '@tutorgraph/kit/demo/persona';
import type { OrderSituation } from './content/content.js';
import { ORDER_SITUATIONS } from './content/library.js';
import { SUBJECTS, type SubjectFacts } from './content/subjects.js';
import type { DemoFormat, MarketplaceDemoOptions } from './data.js';
import { decide, type Ledger, type MadeOrder } from './ledger.js';
import { formatOf } from './order-text.js';
import type { Phrases } from './phrases.js';
import { awake, DAY, HOUR, lessonAfter } from './times.js';
import type { MadeTutor } from './tutors.js';

/** What becomes of the orders, over and over: most are open, some led to lessons. */
const FATES = ['open', 'open', 'reviewed', 'open', 'chosen', 'open', 'open', 'closed', 'open', 'completed'] as const;
type Fate = (typeof FATES)[number];

/** Days since an order of that fate was posted, at least and at most. */
const AGES: Record<Fate, readonly [number, number]> = {
  open: [1, 20],
  chosen: [12, 30],
  closed: [15, 50],
  completed: [20, 40],
  reviewed: [35, 60],
};

/** How many applications to an open order nobody has decided about or withdrawn. */
const STILL_WAITING = 0.88;

/** Everything that makes orders on the market of one seed. */
export interface OrderMaking {
  options: MarketplaceDemoOptions;
  ledger: Ledger;
  phrases: Phrases;
  /** The demo tutor first. */
  tutors: readonly MadeTutor[];
}

/** What tutors have to fit. */
export interface Wish {
  subject: SubjectFacts;
  student: Persona;
  format: DemoFormat;
}

/** Orders of the last weeks with their applications, and what has become of them. */
export function generateCurrentOrders(making: OrderMaking): void {
  const { options, phrases } = making;
  const students = generateStudents(options);
  for (let index = 0; index < options.orders; index++) {
    const fate = FATES[index % FATES.length] ?? 'open';
    const there = students.filter(({ joinedDaysAgo }) => joinedDaysAgo > AGES[fate][1]);
    if (there.length === 0) return;
    const student = phrases.random.pick(there);
    const subject = wantedSubject(making, student);
    const situation = phrases.deal(ORDER_SITUATIONS[student.locale][subject.slug]);
    if (situation) live(making, { student, subject, situation, fate });
  }
}

/** Orders of whoever signs in as the student: three wait for a choice, one has led to a lesson without a review yet. */
export function generateDemoStudentOrders(making: OrderMaking): void {
  const [demoTutor] = making.tutors;
  const [english, mathematics] = [subjectBySlug('english'), subjectBySlug('mathematics')];
  const { ru } = ORDER_SITUATIONS;
  const wanted: [SubjectFacts, OrderSituation | undefined, Fate, MadeTutor | undefined][] = [
    [english, ru.english[1], 'completed', demoTutor],
    [english, ru.english[0], 'open', demoTutor],
    [mathematics, ru.mathematics[5], 'open', undefined],
  ];
  const third = mostTaught(making, ['programming', 'german', 'spanish', 'chinese', 'guitar', 'piano']);
  const grown = ru[third.slug].find(({ level, voice }) => level === 'ADULT' && voice === 'self');
  for (const [subject, situation, fate, preferred] of [...wanted, [third, grown, 'open', undefined] as const]) {
    if (situation)
      live(making, { student: FIXED_PEOPLE.STUDENT, subject, situation, fate, format: 'ONLINE', preferred });
  }
}

/** The generated students. */
export function generateStudents({ seed, students }: MarketplaceDemoOptions): Persona[] {
  return Array.from({ length: students }, (_, index) => personaOf(seed, 'user:student', index));
}

/** Tutors who may apply: they teach it, write the student's language and can meet as wished. */
export function tutorsFor({ subject, student, format }: Wish, tutors: readonly MadeTutor[]): MadeTutor[] {
  return tutors.filter(({ profile, persona }) => {
    const teaches = profile.offerings.some((offering) => offering.subject === subject.slug);
    const meets = profile.formats.includes(format) && (format === 'ONLINE' || persona.place.key === student.place.key);
    return teaches && meets && profile.hiddenAt === null && persona.locale === student.locale;
  });
}

interface Life {
  student: Persona;
  subject: SubjectFacts;
  situation: OrderSituation;
  fate: Fate;
  format?: DemoFormat;
  /** Applies for sure and is chosen if anybody is. */
  preferred?: MadeTutor | undefined;
}

function live(making: OrderMaking, life: Life): void {
  const { ledger, phrases, options } = making;
  const { random } = phrases;
  const [youngest, oldest] = AGES[life.fate];
  const createdAt = awake(
    new Date(options.now.getTime() - (youngest + random.next() * (oldest - youngest)) * DAY),
    random,
  );
  const order = ledger.post({ ...life, format: life.format ?? feasibleFormat(making, life), createdAt });
  applyAll(making, order, life.preferred);
  if (life.fate === 'open') return;
  const waiting = order.applications.filter(({ row }) => row.status === 'PENDING');
  const decidedAt = awake(new Date(createdAt.getTime() + random.integer(5, 9) * DAY), random);
  const chosen = waiting.find(({ tutor }) => tutor === life.preferred) ?? waiting[0];
  if (life.fate === 'closed' || !chosen) {
    ledger.close(order, decidedAt);
    return;
  }
  const booking = ledger.choose(order, chosen.row, decidedAt);
  if (life.fate === 'chosen') return;
  const lesson = lessonAfter(decidedAt, random);
  ledger.complete(booking, lesson);
  if (life.fate === 'reviewed') {
    ledger.review(
      order,
      chosen.tutor,
      booking,
      awake(new Date(lesson.getTime() + random.integer(3, 12) * DAY), random),
    );
  }
}

/** Nobody asks for lessons in person where there is nobody to give them, unless the order's very text does. */
function feasibleFormat({ phrases, tutors }: OrderMaking, { subject, student, situation }: Life): DemoFormat {
  const format = formatOf(phrases, situation);
  const alone = format === 'IN_PERSON' && tutorsFor({ subject, student, format }, tutors).length === 0;
  return alone && !/на дому|at our home/i.test(situation.description) ? 'ONLINE' : format;
}

function applyAll(making: OrderMaking, order: MadeOrder, preferred: MadeTutor | undefined): void {
  const { ledger, phrases, tutors, options } = making;
  const { random } = phrases;
  const wish = { subject: order.subject, student: order.student, format: order.row.format };
  const others = random.shuffle(tutorsFor(wish, tutors)).filter((tutor) => tutor !== preferred);
  const most = preferred ? 4 : random.integer(2, 6);
  const applicants = random.shuffle([...others.slice(0, most), ...(preferred ? [preferred] : [])]);
  const latest = options.now.getTime() - HOUR;
  let at = order.row.createdAt.getTime();
  for (const tutor of applicants) {
    at += Math.min(20, random.logNormal(4, 0.9)) * HOUR;
    const createdAt = awake(new Date(at), random);
    if (createdAt.getTime() > latest) break;
    if (tutor.profile.createdAt > order.row.createdAt && tutor !== preferred) continue;
    const application = ledger.apply(order, tutor, createdAt);
    if (tutor === preferred || random.chance(STILL_WAITING)) continue;
    decide(application, random.pick(['WITHDRAWN', 'DECLINED'] as const), new Date(createdAt.getTime() + HOUR / 2));
  }
}

/** What students ask for, where somebody of their language teaches it. */
function wantedSubject({ phrases, tutors }: OrderMaking, { locale }: Persona): SubjectFacts {
  const taught = new Set(
    tutors.flatMap(({ profile }) => (profile.locale === locale ? profile.offerings.map(({ subject }) => subject) : [])),
  );
  const offered = SUBJECTS.filter(({ slug }) => taught.has(slug));
  return phrases.random.weighted(offered.length > 0 ? offered : SUBJECTS, ({ demand }) => demand);
}

function mostTaught({ tutors }: OrderMaking, slugs: readonly SubjectFacts['slug'][]): SubjectFacts {
  const counted = slugs.map((slug) => {
    const subject = subjectBySlug(slug);
    return { subject, count: tutorsFor({ subject, student: FIXED_PEOPLE.STUDENT, format: 'ONLINE' }, tutors).length };
  });
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).subject;
}

/** @throws Error for a slug that no subject has */
export function subjectBySlug(slug: SubjectFacts['slug']): SubjectFacts {
  const subject = SUBJECTS.find((candidate) => candidate.slug === slug);
  if (!subject) throw new Error(`There is no subject "${slug}"`);
  return subject;
}
