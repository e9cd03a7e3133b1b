import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import type { Chat } from './chat.js';

/** A group of a cohort, as the database has it. */
export interface Group {
  id: string;
  title: string;
  memberCount: number;
  /** Who belongs to it, by their role. */
  members: Record<string, string>;
}

/** What happens in the school, beside which messaging runs. */
export class Classes {
  private count = 0;

  private constructor(
    private readonly chat: Chat,
    private readonly admin: TestPerson,
  ) {}

  static async open(chat: Chat): Promise<Classes> {
    return new Classes(chat, await chat.graph.person('ADMIN'));
  }

  /** A course that is published, with one lesson and its homework. */
  async course(): Promise<{ courseId: string; lessonId: string }> {
    this.count += 1;
    const words = { title: 'English', description: 'For travellers', language: 'en', slug: `english-${this.count}` };
    const rules = { enrollmentPolicy: 'OPEN', lengthDays: 30, certificateRule: 'NONE' };
    const courseId = await this.made('createCourse', { ...words, ...rules }, 'course');
    const [version] = await this.chat.sql<{ id: string }>(
      'select id from learning.course_versions where course_id = ?',
      [courseId],
    );
    const moduleId = await this.made('addModule', { versionId: version?.id, title: 'First' }, 'module');
    const lesson = { moduleId, kind: 'TEXT', title: 'At the station', body: 'Read.', minutes: 5 };
    const lessonId = await this.made('addLesson', lesson, 'lesson');
    const levels = [
      { points: 100, description: 'All of it' },
      { points: 0, description: 'Nothing' },
    ];
    const task = { title: 'A letter', instructions: 'Write it.', isRequired: false, checksEnglish: false };
    const rubric = [{ title: 'Contents', aspect: 'CONTENT', points: 100, levels }];
    await this.made('defineHomework', { ...task, lessonId, rubric }, 'homework');
    await this.made('publishCourse', { courseId }, 'version');
    return { courseId, lessonId };
  }

  cohort(courseId: string, curator: TestPerson | null, title = 'Autumn'): Promise<string> {
    const curatorId = curator?.userId ?? null;
    return this.made('createCohort', { courseId, title, curatorId, startsOn: '2026-01-01' }, 'cohort');
  }

  enrolls({ userId }: TestPerson, courseId: string, cohortId: string): Promise<string> {
    return this.made('enrollStudent', { userId, courseId, cohortId }, 'enrollment');
  }

  /** Somebody without an account who learns in a cohort. @returns the student's id */
  async stranger(courseId: string, cohortId: string): Promise<string> {
    const studentId = newId();
    await this.chat.sql(
      `insert into learning.students (id, source, status, created_at, updated_at) values (?, 'STAFF', 'ACTIVE', now(), now())`,
      [studentId],
    );
    await this.made('enrollStudent', { studentId, courseId, cohortId }, 'enrollment');
    return studentId;
  }

  /** Runs a mutation of learning that must succeed. @returns the id of what it made or changed */
  async made(field: string, input: object, name: string, person = this.admin): Promise<string> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${name} { id } userErrors { code field } } }`;
    const { data, codes } = await this.chat.graph.run('learning', query, { input }, person);
    const payload = data[field] as Record<string, { id: string } | null> | null;
    const id = payload?.[name]?.id;
    if (!id) throw new Error(`${field} was refused: ${JSON.stringify([payload, codes])}`);
    return id;
  }

  /** Lets learning say something, by its outbox. */
  async says(event: DomainEvent): Promise<void> {
    const em = this.chat.graph.rooms.get('learning')?.orm.em ?? expect.fail('learning does not run');
    await transaction(em, async (tx) => recordEvent(tx, event));
  }

  /** Waits until messaging has dealt with everything that learning has said. */
  async heard(): Promise<void> {
    for (const consumer of ['course-groups', 'followed-changes']) {
      await expect.poll(() => this.lag(consumer), { timeout: 60_000, interval: 50 }).toBe(0);
    }
  }

  /** The group of a cohort, once all is heard; null when there is none. */
  async group(cohortId: string): Promise<Group | null> {
    await this.heard();
    const [room] = await this.chat.sql<Omit<Group, 'members'>>(
      `select id, title, member_count as "memberCount" from messaging.chat_rooms where unique_key like ?`,
      [`course:%:${cohortId}`],
    );
    if (!room) return null;
    const rows = await this.chat.sql<{ user_id: string; role: string }>(
      'select user_id, role from messaging.chat_members where room_id = ? and ended_at is null',
      [room.id],
    );
    return { ...room, members: Object.fromEntries(rows.map(({ user_id: userId, role }) => [userId, role])) };
  }

  private async lag(consumer: string): Promise<number> {
    const [row] = await this.chat.sql<{ unnumbered: string; top: string; place: string }>(
      `select (select count(*) from learning.outbox where position is null) as unnumbered,
              (select coalesce(max(position), 0) from learning.outbox) as top,
              (select position from messaging.inbox where consumer = ? and stream = 'learning') as place`,
      [consumer],
    );
    return Number(row?.unnumbered) + Number(row?.top) - Number(row?.place);
  }
}
