/** What makes the room of two people the only one, whichever is named first. */
export function directKey(one: string, other: string): string {
  return `direct:${[one, other].sort().join(':')}`;
}

/** What makes the room in which somebody asks for support the only one. */
export function supportKey(userId: string): string {
  return `support:${userId}`;
}

/** What makes the group of a cohort the only one. */
export function cohortKey(courseId: string, cohortId: string): string {
  return `course:${courseId}:${cohortId}`;
}

/** The people whom a room of which there is only one is for; nobody of another. */
export function peopleOf({ uniqueKey }: { uniqueKey?: string | null }): readonly string[] {
  const [kind, ...userIds] = uniqueKey?.split(':') ?? [];
  return kind === 'direct' || kind === 'support' ? userIds : [];
}
