import type { ConsumerOptions, EventHandler } from '@tutorgraph/kit/events/consumer';
import {
  cohortChanged,
  enrollmentDropped,
  enrollmentMoved,
  enrollmentResumed,
  enrollmentStarted,
  studentClaimed,
} from '@tutorgraph/schema/events/learning';
import { z } from 'zod';
import type { People } from '../people/people.js';
import type { Cohort, Cohorts } from './cohorts.js';
import type { CourseGroups, Seat } from './course-groups.js';

const ofStudent = z.object({ studentId: z.uuid(), courseId: z.uuid().optional() });

/**
 * Keeps the groups of cohorts as the school is. What an event is about is asked for as it is now: each change has an event that
 * comes later, so that the last word is the right one, in whatever order answers come.
 */
export function courseGroupsConsumer(
  groups: CourseGroups,
  cohorts: Cohorts,
  people: People,
): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  const seating = (isNew: boolean): EventHandler => {
    const handler: EventHandler<Seat[]> = {
      prepare: async ({ data }) => {
        const { studentId, courseId } = ofStudent.parse(data);
        const found = await cohorts.placesOf(studentId);
        const userId = found?.userId;
        // Learning may hear later than we that somebody is erased.
        if (!(userId && (await people.isHere(userId)))) return [];
        const places = found.places.filter((place) => !courseId || place.courseId === courseId);
        return Promise.all(
          places.map(async ({ cohortId, ...place }) => {
            return { userId, courseId: place.courseId, cohort: cohortId ? await cohorts.find(cohortId) : null, isNew };
          }),
        );
      },
      apply: async (tx, _event, seats) => {
        for (const seat of seats) await groups.seat(tx, seat, new Date());
      },
    };
    return handler as EventHandler;
  };
  const following: EventHandler<Cohort | null> = {
    prepare: ({ subject }) => cohorts.find(subject),
    apply: async (tx, { data }, cohort) => {
      const { fields } = cohortChanged.schema.parse(data);
      if (cohort) await groups.follow(tx, cohort, fields.includes('title'), new Date());
    },
  };
  return {
    name: 'course-groups',
    stream: 'learning',
    handlers: {
      [enrollmentStarted.type]: seating(true),
      [enrollmentResumed.type]: seating(true),
      [enrollmentMoved.type]: seating(true),
      // Who completed a course stays with the others.
      [enrollmentDropped.type]: seating(false),
      // They may have courses for long that nobody could put them into the groups of.
      [studentClaimed.type]: seating(false),
      [cohortChanged.type]: following as EventHandler,
    },
  };
}
