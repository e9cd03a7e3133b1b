import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const places = z
  .object({
    userId: z.uuid().nullable(),
    places: z.array(z.object({ enrollmentId: z.uuid(), courseId: z.uuid(), cohortId: z.uuid().nullable() })),
  })
  .nullable();

const cohort = z.object({
  title: z.string(),
  curator: z.object({ id: z.uuid() }).nullish(),
  course: z.object({ id: z.uuid() }),
});
const course = z.object({ title: z.string() });

const PLACES = `query ($studentId: ID!) {
  studentPlaces(studentId: $studentId) { userId places { enrollmentId courseId cohortId } }
}`;

/** Where a student belongs. */
export type StudentPlaces = NonNullable<z.output<typeof places>>;

/** Students who go through a course together, with their curator. */
export interface Cohort {
  id: string;
  title: string;
  courseId: string;
  courseTitle: string;
  /** The curator's account. */
  curatorId: string | null;
}

/** What learning knows of cohorts and who belongs to them. Ask it outside transactions. */
export class Cohorts {
  constructor(private readonly graph: GraphClient) {}

  /** Where a student belongs now, whatever an event said of it; null when there is none any longer. @throws SERVICE_UNAVAILABLE */
  async placesOf(studentId: string): Promise<StudentPlaces | null> {
    const data = await this.graph.query('learning', { query: PLACES, variables: { studentId } }, ['studentPlaces']);
    return places.parse(data['studentPlaces']);
  }

  /** A cohort as it is now; null when there is none. @throws SERVICE_UNAVAILABLE */
  async find(id: string): Promise<Cohort | null> {
    const selection = ['title', 'curator { id }', 'course { id }'];
    const found = (await this.graph.entities('learning', 'Cohort', [id], selection)).get(id);
    if (!found) return null;
    const { title, curator, course: of } = cohort.parse(found);
    const courses = await this.graph.entities('learning', 'Course', [of.id], ['title']);
    const { title: courseTitle } = course.parse(courses.get(of.id));
    return { id, title, courseId: of.id, courseTitle, curatorId: curator?.id ?? null };
  }
}
