/** A lesson, and one that must be completed before it. */
export interface Prerequisite {
  lessonId: string;
  requiredId: string;
}

/** Lessons that wait for each other in a circle, so that nobody could begin any of them; empty when there are none. */
export function findCycle(prerequisites: readonly Prerequisite[]): string[] {
  const required = Map.groupBy(prerequisites, ({ lessonId }) => lessonId);
  const done = new Set<string>();
  for (const start of required.keys()) {
    const cycle = cycleFrom(start, required, done);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** Walks on from one lesson, deep first, with a path of its own: a long chain must not exhaust the stack. */
function cycleFrom(start: string, required: ReadonlyMap<string, readonly Prerequisite[]>, done: Set<string>): string[] {
  const path: { id: string; ahead: string[] }[] = [];
  const onPath = new Set<string>();
  const enter = (id: string) => {
    path.push({ id, ahead: (required.get(id) ?? []).map(({ requiredId }) => requiredId) });
    onPath.add(id);
  };
  if (!done.has(start)) enter(start);
  for (let step = path.at(-1); step; step = path.at(-1)) {
    const next = step.ahead.pop();
    if (next === undefined) {
      done.add(step.id);
      onPath.delete(step.id);
      path.pop();
    } else if (onPath.has(next)) {
      return path.slice(path.findIndex(({ id }) => id === next)).map(({ id }) => id);
    } else if (!done.has(next)) enter(next);
  }
  return [];
}
