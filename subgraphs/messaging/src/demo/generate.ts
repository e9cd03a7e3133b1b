import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { Random } from '@tutorgraph/kit/demo/random';
import type { MemberRole } from '../chat-members/chat-member.rules.js';
import type { ChatRoomKind } from '../chat-rooms/chat-room.rules.js';
import { cohortKey } from '../chat-rooms/unique-key.js';
import { titleOf } from '../course-groups/cohort.rules.js';
import { DIALOGUES, GROUP, type Line, NEWS, SUPPORT } from './dialogues.js';

/** A lesson of the demo that was paid, as marketplace tells of it. */
export interface DemoLesson {
  studentId: string;
  tutorUserId: string;
  paidAt: Date;
}

/** Students who go through a course together, as learning tells of them. */
export interface DemoCohort {
  id: string;
  courseId: string;
  title: string;
  courseTitle: string;
  curatorId: string;
  startsOn: Date;
  /** The accounts of those who have one. */
  userIds: readonly string[];
}

/** What to generate. The same options give the same data, ids included. */
export interface MessagingDemoOptions {
  seed: number;
  /** The moment that counts as today. */
  now: Date;
  lessons: readonly DemoLesson[];
  /** @default none */
  cohorts?: readonly DemoCohort[];
}

/** A room to be made up. */
interface Plan {
  kind: ChatRoomKind;
  uniqueKey: string | null;
  title: string | null;
  /** Of groups only. */
  cohort?: DemoCohort;
  createdAt: Date;
  members: readonly { userId: string; role: MemberRole; hasReadAll: boolean }[];
  lines: readonly { authorId: string; text: string }[];
}

const MINUTE = 60_000;
const MOST_DIALOGUES = 60;

/** Makes up what people write to each other: around lessons that were paid, to support, and among tutors. */
export function generateMessagingDemo({ seed, now, lessons, cohorts = [] }: MessagingDemoOptions) {
  const random = new Random('messaging', seed);
  const demo = { rooms: [] as RoomRow[], members: [] as MemberRow[], messages: [] as MessageRow[] };
  const plans = [
    ...pairs(lessons).map((lesson) => direct(lesson, random)),
    support(now),
    tutorsRoom(lessons, now),
    ...cohorts.filter(({ userIds }) => userIds.length > 0).map(groupOf),
  ];
  for (const plan of plans) {
    const roomId = demoId(seed, 'chat-room', demo.rooms.length);
    let at = plan.createdAt.getTime();
    for (const [index, { authorId, text }] of plan.lines.entries()) {
      at = Math.min(at + random.integer(1, 90) * MINUTE, now.getTime());
      const id = demoId(seed, 'chat-message', demo.messages.length);
      demo.messages.push({ id, roomId, sequence: index + 1, authorId, text, createdAt: new Date(at) });
    }
    demo.rooms.push(roomOf(roomId, plan, new Date(at)));
    demo.members.push(...plan.members.map((member) => memberOf(roomId, plan, member)));
  }
  return demo;
}

type RoomRow = ReturnType<typeof roomOf>;
type MemberRow = ReturnType<typeof memberOf>;
interface MessageRow {
  id: string;
  roomId: string;
  sequence: number;
  authorId: string;
  text: string;
  createdAt: Date;
}

/** The first paid lesson of each student with each tutor, the newest pairs first. */
function pairs(lessons: readonly DemoLesson[]): DemoLesson[] {
  const first = new Map<string, DemoLesson>();
  for (const lesson of lessons) {
    const key = directKey(lesson);
    const known = first.get(key);
    if (!known || lesson.paidAt < known.paidAt) first.set(key, lesson);
  }
  return [...first.values()].sort((a, b) => b.paidAt.getTime() - a.paidAt.getTime()).slice(0, MOST_DIALOGUES);
}

function directKey({ studentId, tutorUserId }: DemoLesson): string {
  return `direct:${[studentId, tutorUserId].sort().join(':')}`;
}

function direct(lesson: DemoLesson, random: Random): Plan {
  const { studentId, tutorUserId, paidAt } = lesson;
  const people = { student: studentId, tutor: tutorUserId };
  const hasReadAll = random.chance(0.7);
  return {
    kind: 'DIRECT',
    uniqueKey: directKey(lesson),
    title: null,
    createdAt: paidAt,
    members: [
      { userId: studentId, role: 'MEMBER', hasReadAll },
      { userId: tutorUserId, role: 'MEMBER', hasReadAll: true },
    ],
    lines: spoken(random.pick(DIALOGUES), people),
  };
}

function support(now: Date): Plan {
  const people = { student: FIXED_PEOPLE.STUDENT.id, tutor: FIXED_PEOPLE.CURATOR.id };
  return {
    kind: 'SUPPORT',
    uniqueKey: `support:${people.student}`,
    title: null,
    createdAt: new Date(now.getTime() - 3 * 24 * 60 * MINUTE),
    members: [
      { userId: people.student, role: 'MEMBER', hasReadAll: true },
      { userId: people.tutor, role: 'MEMBER', hasReadAll: true },
    ],
    lines: spoken(SUPPORT, people),
  };
}

function tutorsRoom(lessons: readonly DemoLesson[], now: Date): Plan {
  const tutors = new Set([FIXED_PEOPLE.TUTOR.id, ...lessons.map(({ tutorUserId }) => tutorUserId)]);
  const supervisor = FIXED_PEOPLE.SUPERVISOR.id;
  return {
    kind: 'NAMED',
    uniqueKey: null,
    title: 'Преподаватели: новости',
    createdAt: new Date(now.getTime() - 14 * 24 * 60 * MINUTE),
    members: [
      { userId: supervisor, role: 'MODERATOR', hasReadAll: true },
      ...[...tutors].map((userId) => ({ userId, role: 'MEMBER' as const, hasReadAll: false })),
    ],
    lines: NEWS.map((text) => ({ authorId: supervisor, text })),
  };
}

function groupOf(cohort: DemoCohort): Plan {
  const { id, courseId, curatorId, startsOn, userIds } = cohort;
  const [first = curatorId] = userIds;
  return {
    kind: 'GROUP',
    uniqueKey: cohortKey(courseId, id),
    title: titleOf(cohort),
    cohort,
    createdAt: new Date(startsOn.getTime() + 9 * 60 * MINUTE),
    members: [
      { userId: curatorId, role: 'MODERATOR', hasReadAll: true },
      ...userIds.map((userId) => ({ userId, role: 'MEMBER' as const, hasReadAll: userId === first })),
    ],
    lines: spoken(GROUP, { student: first, tutor: curatorId }),
  };
}

function spoken(lines: readonly Line[], people: Record<Line[0], string>): Plan['lines'] {
  return lines.map(([speaker, text]) => ({ authorId: people[speaker], text }));
}

function roomOf(id: string, { kind, uniqueKey, title, cohort, createdAt, members, lines }: Plan, lastActivityAt: Date) {
  return {
    ...{ courseId: cohort?.courseId ?? null, curatorId: cohort?.curatorId ?? null },
    ...{ id, kind, uniqueKey, title, createdAt, lastActivityAt },
    lastSequence: lines.length,
    memberCount: members.length,
    createdBy: kind === 'NAMED' ? (members[0]?.userId ?? null) : null,
    updatedAt: createdAt,
  };
}

function memberOf(roomId: string, { createdAt, lines }: Plan, { userId, role, hasReadAll }: Plan['members'][number]) {
  return { roomId, userId, role, joinedAt: createdAt, lastReadSequence: hasReadAll ? lines.length : 0 };
}
