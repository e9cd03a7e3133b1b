import type { LearningRows } from './generate.js';

/** What rooms after this one need for their demo: groups, with their curators and who belongs to them. */
export function toldOf({ courses, cohorts, students, enrollments }: LearningRows) {
  const titles = new Map(courses.map(({ id, title }) => [id, title]));
  const accounts = new Map(students.map(({ id, userId }) => [id, userId ?? null]));
  return {
    cohorts: cohorts.map(({ id, courseId, title, curatorId, startsOn }) => {
      const members = enrollments.filter(({ cohortId, status }) => cohortId === id && status !== 'DROPPED');
      const userIds = members.flatMap(({ studentId }) => accounts.get(String(studentId)) ?? []);
      return { id, courseId, title, courseTitle: titles.get(String(courseId)), curatorId, startsOn, userIds };
    }),
  };
}
