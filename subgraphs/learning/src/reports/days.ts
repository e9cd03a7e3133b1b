const DAY_MS = 24 * 60 * 60 * 1_000;

/** The day by UTC, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Days as the scalar `Date` gives them. */
export function daysOf({ from, to }: { from: Date; to: Date }): { from: string; to: string } {
  return { from: dayOf(from), to: dayOf(to) };
}

/** So many days before a day. */
export function dayBefore(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS));
}

/** How many days a span has, both ends counted; below 1 when it is none. */
export function countDays({ from, to }: { from: string; to: string }): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}
