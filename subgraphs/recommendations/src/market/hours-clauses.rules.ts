import { type Clock, type Token, WAKING } from './hours.lexicon.js';

/** Days at which somebody has time, and when on each of them. */
export interface Free {
  /** 0 is Monday. */
  days: readonly number[];
  /** In hours since midnight. */
  windows: readonly Window[];
}
type Window = readonly [from: number, to: number];

type Item =
  | { kind: 'days'; days: readonly number[]; isGroup: boolean; isRefused: boolean; afterAnd: boolean }
  | { kind: 'part'; from: number; to: number; isRefused: boolean }
  | { kind: 'span'; from: Clock; to: Clock }
  | { kind: 'at' | 'after' | 'before'; at: Clock };
type DaysItem = Extract<Item, { kind: 'days' }>;
type TimeItem = Exclude<Item, DaysItem>;

/** Days and times that belong together, as they were said. */
interface Clause {
  days: DaysItem[];
  times: TimeItem[];
  startsWithTimes: boolean;
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** Whoever says "after eight" means the evening, "before nine" the morning. */
const LATEST_EVENING_HOUR = 8;
const EARLIEST_MORNING_HOUR = 7;

/** When somebody has time, by their own clock; empty when nothing was said that limits it. */
export function freeTimes(tokens: readonly Token[]): Free[] {
  const clauses: Clause[] = [];
  for (const segment of segmentsOf(tokens)) addSegment(clauses, clausesOf(itemsOf(segment)));
  const refused = new Set(clauses.flatMap(({ days }) => days.flatMap((one) => (one.isRefused ? one.days : []))));
  const said = clauses.filter(
    ({ days, times }) => times.some((item) => !isWhole(item)) || days.some(({ isRefused }) => !isRefused),
  );
  const meant = said.length === 0 && refused.size > 0 ? [{ days: [], times: [] }] : said;
  return meant.map(({ days, times }) => ({
    days: daysOf(days).filter((day) => !refused.has(day)),
    windows: windowsOf(times),
  }));
}

/** "Any time" limits nothing. */
function isWhole(item: TimeItem): boolean {
  return item.kind === 'part' && item.from === WAKING.from && item.to === WAKING.to;
}

function segmentsOf(tokens: readonly Token[]): Token[][] {
  const segments: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'comma') segments.push([]);
    else segments.at(-1)?.push(token);
  }
  return segments.filter(({ length }) => length > 0);
}

/** What the tokens of a segment say together: a range of days, a span of hours, one bound of them. */
function itemsOf(tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  let isRefused = false;
  for (let place = 0; place < tokens.length; ) {
    const here = tokens.slice(place, place + 4);
    if (here[0]?.kind === 'not') isRefused = true;
    const [item, length] = itemAt(here, { isRefused, afterAnd: isAfterAnd(tokens, place) });
    if (item) items.push(item);
    place += length;
  }
  const isSaidAfterwards = isRefused && !items.some((item) => 'isRefused' in item && item.isRefused);
  return isSaidAfterwards ? items.map((item) => ('isRefused' in item ? { ...item, isRefused } : item)) : items;
}

/** "Evenings and at weekends": small words may stand between. */
function isAfterAnd(tokens: readonly Token[], place: number): boolean {
  const before = tokens.slice(Math.max(0, place - 2), place).reverse();
  return before.find(({ kind }) => kind !== 'at' && kind !== 'link' && kind !== 'word')?.kind === 'and';
}

function itemAt(
  [first, second, third, fourth]: readonly Token[],
  found: { isRefused: boolean; afterAnd: boolean },
): [Item | null, number] {
  if (first?.kind === 'part') return [{ ...first, isRefused: found.isRefused }, 1];
  if (first?.kind === 'days') {
    const isRange = second?.kind === 'link' && third?.kind === 'days' && !first.isGroup && !third.isGroup;
    return isRange
      ? [{ ...first, ...found, days: daysBetween(first.days[0] ?? 0, third.days[0] ?? 0), isGroup: true }, 3]
      : [{ ...first, ...found }, 1];
  }
  if (first?.kind === 'clock') return clockItem(first.clock, second, third);
  if (second?.kind !== 'clock') return [null, 1];
  const isSpan =
    third?.kind === 'link' || third?.kind === 'before' || (first?.kind === 'between' && third?.kind === 'and');
  if (isSpan && fourth?.kind === 'clock') return [{ kind: 'span', from: second.clock, to: fourth.clock }, 4];
  if (first?.kind === 'after' || first?.kind === 'before' || first?.kind === 'at') {
    return [{ kind: first.kind, at: second.clock }, 2];
  }
  return [null, 1];
}

function clockItem(clock: Clock, second: Token | undefined, third: Token | undefined): [Item | null, number] {
  const isSpan = (second?.kind === 'link' || second?.kind === 'before') && third?.kind === 'clock';
  if (isSpan) return [{ kind: 'span', from: clock, to: third.clock }, 3];
  return [clock.isExact ? { kind: 'at', at: clock } : null, 1];
}

function daysBetween(from: number, to: number): number[] {
  return EVERY_DAY.slice(0, ((to - from + 7) % 7) + 1).map((step) => (from + step) % 7);
}

/** Within one segment: days begin another clause after the times of the former, and times after its days. */
function clausesOf(items: readonly Item[]): Clause[] {
  const clauses: Clause[] = [];
  for (const item of items) {
    const last = clauses.at(-1);
    if (!last || begins(last, item)) clauses.push(clauseOf(item, last));
    else if (item.kind === 'days') last.days.push(item);
    else last.times.push(item);
  }
  return clauses;
}

function begins({ days, times, startsWithTimes }: Clause, item: Item): boolean {
  if (item.kind !== 'days') return startsWithTimes && days.length > 0;
  // "Evenings and weekends": two things.
  return times.length > 0 && (!startsWithTimes || (item.afterAnd && days.length === 0));
}

/** "Evenings on weekdays and Saturday mornings": the last day belongs to what follows it. */
function clauseOf(item: Item, last: Clause | undefined): Clause {
  if (item.kind === 'days') return { days: [item], times: [], startsWithTimes: false };
  const taken = last && last.days.length > 1 ? last.days.splice(-1) : [];
  return { days: taken, times: [item], startsWithTimes: taken.length === 0 };
}

/** What a comma divides may still belong together: "Saturday, before noon", "Monday, Wednesday 17–19". */
function addSegment(clauses: Clause[], [first, ...others]: readonly Clause[]): void {
  if (!first) return;
  const last = clauses.at(-1);
  if (last && belongs(last, first)) {
    last.startsWithTimes = last.days.length === 0 && first.days.length > 0;
    last.days.push(...first.days);
    last.times.push(...first.times);
  } else clauses.push(first);
  clauses.push(...others);
}

function belongs(last: Clause, next: Clause): boolean {
  if (next.days.every(({ isRefused }) => isRefused) && next.times.length === 0) return true;
  if (next.days.length === 0) return true;
  if (next.times.length === 0) return last.times.length === 0 || last.days.length === 0 || last.startsWithTimes;
  return last.times.length === 0 && !last.days.some(({ isGroup }) => isGroup);
}

function daysOf(items: readonly DaysItem[]): readonly number[] {
  const wanted = items.filter(({ isRefused }) => !isRefused).flatMap(({ days }) => days);
  return wanted.length > 0 ? [...new Set(wanted)] : EVERY_DAY;
}

/** Parts and spans add up; bounds cut them, or stand alone where nothing would be left. */
function windowsOf(times: readonly TimeItem[]): Window[] {
  const half = halfOf(times);
  const parts: Window[] = [];
  const spans: Window[] = [];
  const refused: Window[] = [];
  let [after, before] = [Number.NaN, Number.NaN];
  for (const item of times) {
    if (item.kind === 'part') (item.isRefused ? refused : parts).push([item.from, item.to]);
    else if (item.kind === 'span') spans.push(spanOf(item.from, item.to, half));
    else if (item.kind === 'after') after = hourOf(item.at, half, LATEST_EVENING_HOUR);
    else if (item.kind === 'before') before = hourOf(item.at, half, EARLIEST_MORNING_HOUR);
    else spans.push([hourOf(item.at, half), hourOf(item.at, half) + 1]);
  }
  // "In the afternoon, 3:30–5:30": the part only says which half of the day is meant.
  const isSaidCloser = ([from, to]: Window): boolean => spans.some((span) => from <= span[0] && span[1] <= to);
  const named = [...parts.filter((part) => !isSaidCloser(part)), ...spans];
  const bounds = boundsOf(after, before);
  const isBound = !(Number.isNaN(after) && Number.isNaN(before));
  const cut = named.map(
    ([from, to]): Window => [
      Number.isNaN(after) ? from : Math.max(from, after),
      Number.isNaN(before) ? to : Math.min(to, before),
    ],
  );
  const whole = cut.filter(([from, to]) => from < to);
  const kept = whole.length > 0 ? whole : [...named, ...(isBound || named.length === 0 ? [bounds] : [])];
  return refused.reduce<Window[]>((windows, part) => windows.flatMap((one) => without(one, part)), kept);
}

function boundsOf(after: number, before: number): Window {
  const from = Number.isNaN(after)
    ? Math.min(WAKING.from, (Number.isNaN(before) ? WAKING.from + 1 : before) - 1)
    : after;
  const to = Number.isNaN(before) ? Math.max(WAKING.to, from + 1) : before;
  return from < to ? [from, Math.min(24, to)] : [from, Math.min(24, Math.max(WAKING.to, from + 1))];
}

function without([from, to]: Window, [refusedFrom, refusedTo]: Window): Window[] {
  const left: Window[] = [
    [from, Math.min(to, refusedFrom)],
    [Math.max(from, refusedTo), to],
  ];
  return left.filter(([start, end]) => start < end);
}

/** Which half of the day the parts that were named lie in; null when they do not tell. */
function halfOf(times: readonly TimeItem[]): 'am' | 'pm' | null {
  const parts = times.flatMap((item) => (item.kind === 'part' && !item.isRefused && !isWhole(item) ? [item] : []));
  if (parts.length === 0) return null;
  if (parts.every(({ from }) => from >= 12)) return 'pm';
  return parts.every(({ to }) => to <= 12) ? 'am' : null;
}

function hourOf({ hour, isSure }: Clock, half: 'am' | 'pm' | null, lastOfEvening = EARLIEST_MORNING_HOUR): number {
  if (isSure || hour >= 12) return hour;
  if (half !== null) return half === 'pm' ? hour + 12 : hour;
  return hour <= lastOfEvening ? hour + 12 : hour;
}

/** "5–7 pm" are both in the afternoon, "9 to 6" is a working day. */
function spanOf(from: Clock, to: Clock, half: 'am' | 'pm' | null): Window {
  const isOpen = !from.isSure && to.isSure && from.hour < 12;
  const isSameHalf = isOpen && (to.hour <= 12 || from.hour + 12 < to.hour);
  const start = isSameHalf ? from.hour + (to.hour > 12 ? 12 : 0) : hourOf(from, half);
  const end = to.isSure ? to.hour : hourOf(to, half);
  return [start, end > start ? end : Math.min(24, end + 12 > start ? end + 12 : 24)];
}
