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

const SHOWN_AGE = [6, 12] as const;

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
  const english = subjectBySlug('english');
  const [exam, conversation] = ORDER_SITUATIONS.ru.english;
  const shown = { student: FIXED_PEOPLE.STUDENT, format: 'ONLINE', isShown: true } as const;
  if (conversation) {
    live(making, { ...shown, subject: english, situation: conversation, fate: 'completed', preferred: demoTutor });
  }
  if (exam) live(making, { ...shown, subject: english, situation: exam, fate: 'open', preferred: demoTutor });
  for (const subject of mostTaught(making).slice(0, 2)) {
    const situation = grownSituation(subject);
    if (situation) live(making, { ...shown, subject, situation, fate: 'open' });
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
  /** Somebody will sign in to see it: it is old enough for answers, and all of them wait. */
  isShown?: boolean;
}

function live(making: OrderMaking, life: Life): void {
  const { ledger, phrases, options } = making;
  const { random } = phrases;
  const [youngest, oldest] = life.isShown && life.fate === 'open' ? SHOWN_AGE : AGES[life.fate];
  const createdAt = awake(
    new Date(options.now.getTime() - (youngest + random.next() * (oldest - youngest)) * DAY),
    random,
  );
  const order = ledger.post({ ...life, format: life.format ?? feasibleFormat(making, life), createdAt });
  applyAll(making, order, life);
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

function applyAll(making: OrderMaking, order: MadeOrder, { preferred, isShown }: Life): void {
  const { ledger, phrases, tutors, options } = making;
  const { random } = phrases;
  const wish = { subject: order.subject, student: order.student, format: order.row.format };
  const others = random.shuffle(tutorsFor(wish, tutors)).filter((tutor) => tutor !== preferred);
  const most = isShown ? 4 : random.integer(2, 6);
  const applicants = random.shuffle([...others.slice(0, most), ...(preferred ? [preferred] : [])]);
  // Nobody applies after the student has decided, which takes five days at least.
  const latest = Math.min(options.now.getTime() - HOUR, order.row.createdAt.getTime() + 4 * DAY);
  let at = order.row.createdAt.getTime();
  for (const tutor of applicants) {
    at += Math.min(20, random.logNormal(4, 0.9)) * HOUR;
    const createdAt = awake(new Date(at), random);
    if (createdAt.getTime() > latest) break;
    if (tutor.profile.createdAt > order.row.createdAt && tutor !== preferred) continue;
    const application = ledger.apply(order, tutor, createdAt);
    if (isShown || random.chance(STILL_WAITING)) continue;
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

/** Subjects but English that a grown-up might learn, those with the most tutors of the demo student's language first. */
function mostTaught({ tutors }: OrderMaking): SubjectFacts[] {
  const settled = tutors.filter(({ persona }) => persona.joinedDaysAgo > AGES.open[1]);
  return SUBJECTS.filter((subject) => subject.slug !== 'english' && grownSituation(subject))
    .map((subject) => {
      const wish = { subject, student: FIXED_PEOPLE.STUDENT, format: 'ONLINE' } as const;
      return { subject, count: tutorsFor(wish, settled).length };
    })
    .sort((a, b) => b.count - a.count)
    .map(({ subject }) => subject);
}

function grownSituation({ slug }: SubjectFacts): OrderSituation | undefined {
  return ORDER_SITUATIONS.ru[slug].find(({ level, voice }) => level === 'ADULT' && voice === 'self');
}

/** @throws Error for a slug that no subject has */
export function subjectBySlug(slug: SubjectFacts['slug']): SubjectFacts {
  const subject = SUBJECTS.find((candidate) => candidate.slug === slug);
  if (!subject) throw new Error(`There is no subject "${slug}"`);
  return subject;
}
