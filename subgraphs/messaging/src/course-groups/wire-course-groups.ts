import type { MessagingCore, MessagingPart } from '../core.js';
import { People } from '../people/people.js';
import { Cohorts } from './cohorts.js';
import { courseGroupsConsumer } from './course-groups.consumer.js';
import { CourseGroups } from './course-groups.js';

/** Wires the chat groups of courses. */
export function createCourseGroups({ tools: { graph }, environment }: MessagingCore): MessagingPart {
  const groups = new CourseGroups(environment.CHAT_MEMBER_LIMIT);
  return { resolvers: [], consumers: [courseGroupsConsumer(groups, new Cohorts(graph), new People(graph))] };
}
