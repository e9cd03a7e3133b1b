import type { Persona } from '@tutorgraph/kit/demo/persona';
import { ORDER_SITUATIONS } from './content/library.js';
import { formatOf } from './order-text.js';
import { generateStudents, type OrderMaking, subjectBySlug, tutorsFor } from './orders.js';
import { awake, DAY, lessonAfter } from './times.js';
import type { MadeTutor } from './tutors.js';

/** From an order to the lesson and a few days more, at most. */
const STORY_DAYS = 32;

/** The matched orders of the past year behind the tutors' reviews. */
export function generateHistory(making: OrderMaking): void {
  const students = generateStudents(making.options);
  for (const tutor of making.tutors) {
    const authors = making.phrases.random
      .shuffle(
        students.filter(
          ({ locale, joinedDaysAgo }) => locale === tutor.persona.locale && joinedDaysAgo > STORY_DAYS + 10,
        ),
      )
      .slice(0, tutor.reviewers);
    for (const student of authors) relate(making, tutor, student);
  }
}

function relate(making: OrderMaking, tutor: MadeTutor, student: Persona): void {
  const { ledger, phrases, options } = making;
  const { random } = phrases;
  const { offerings, formats } = tutor.profile;
  const offering = random.pick(offerings);
  const subject = subjectBySlug(offering.subject);
  const situations = ORDER_SITUATIONS[student.locale][offering.subject];
  const situation =
    phrases.deal(situations, ({ level }) => offering.levels.includes(level)) ?? phrases.deal(situations);
  if (!situation) return;
  const wished = formatOf(phrases, situation);
  const format = formats.includes(wished) ? wished : (formats[0] ?? 'ONLINE');
  // Whoever meets in person lives in the same city.
  const author = format === 'IN_PERSON' ? { ...student, place: tutor.persona.place } : student;
  const bothThere = Math.min(tutor.persona.joinedDaysAgo, student.joinedDaysAgo);
  const earliest = options.now.getTime() - (bothThere - 1) * DAY;
  const latest = options.now.getTime() - STORY_DAYS * DAY;
  const createdAt = awake(new Date(earliest + random.next() * Math.max(0, latest - earliest)), random);
  const order = ledger.post({ student: author, subject, situation, format, createdAt });
  const soon = (): Date => awake(new Date(createdAt.getTime() + random.next() * DAY), random);
  const chosen = ledger.apply(order, tutor, soon());
  const rivals = tutorsFor({ subject, student: author, format }, making.tutors).filter((rival) => {
    return rival !== tutor && rival.profile.createdAt < createdAt;
  });
  for (const rival of random.shuffle(rivals).slice(0, random.integer(0, 2))) ledger.apply(order, rival, soon());
  const decidedAt = awake(new Date(createdAt.getTime() + random.integer(3, 6) * DAY), random);
  const booking = ledger.choose(order, chosen, decidedAt);
  const lesson = lessonAfter(decidedAt, random);
  ledger.complete(booking, lesson);
  ledger.review(order, tutor, booking, reviewMoment(making, lesson));
}

/** Most people write some weeks after the first lesson, when there is something to tell. */
function reviewMoment({ phrases, options }: OrderMaking, lesson: Date): Date {
  const { random } = phrases;
  const wished = lesson.getTime() + DAY + random.logNormal(28, 0.7) * DAY;
  const latest = options.now.getTime() - DAY;
  const moment = wished < latest ? wished : lesson.getTime() + DAY + random.next() * (latest - lesson.getTime() - DAY);
  return awake(new Date(moment), random);
}
