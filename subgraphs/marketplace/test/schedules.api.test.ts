import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';
import { addBooking, dateIn, monday, SCHEDULE } from './schedules.js';

let market: Market;
let student: TestPerson;
const WHOLE = `query ($id: ID!) { tutor(id: $id) { schedule {
  timeZone weeklyWindows { weekday startsAtMinute endsAtMinute } minimumNoticeMinutes bookingWindowDays
  bufferBeforeMinutes bufferAfterMinutes slotStepMinutes dailyLimit weeklyLimit
  overrides { date windows { startsAtMinute endsAtMinute } } daysOff { fromDate toDate } } } }`;
const SLOTS = `query ($tutorId: ID!, $from: Date!, $to: Date!, $durationMinutes: Int!, $timeZone: TimeZone!) {
  availableSlots(tutorId: $tutorId, from: $from, to: $to, durationMinutes: $durationMinutes, timeZone: $timeZone) {
    timeZone days { date slots { startsAt endsAt localStart } } unreadableCalendars { isYours lastReadAt } } }`;

beforeAll(async () => {
  market = await Market.open();
  student = await market.student();
});

afterAll(() => market.close());

async function tutorWithSchedule(change: object = {}): Promise<TestTutor> {
  const tutor = await market.tutor();
  await market.made('setSchedule', { ...SCHEDULE, ...change }, tutor, 'tutor');
  return tutor;
}

async function scheduleOf(tutor: TestTutor, person?: TestPerson): Promise<Record<string, unknown> | null> {
  const { data } = await market.run(WHOLE, { id: tutor.tutorId }, person);
  return (data['tutor'] as { schedule: Record<string, unknown> | null }).schedule;
}

interface Day {
  date: string;
  slots: { startsAt: string; endsAt: string; localStart: string }[];
}

/** What is free on a date, by the clock of the zone that is asked for. */
async function timesOn(tutor: TestTutor, date: string, change: object = {}, person?: TestPerson): Promise<string[]> {
  const days = await daysOf({ tutorId: tutor.tutorId, from: date, to: date, ...change }, person);
  return days.flatMap(({ slots }) => slots.map(({ localStart }) => localStart.slice(11, 16)));
}

async function daysOf(asked: object, person?: TestPerson): Promise<Day[]> {
  const { data, codes } = await market.run(SLOTS, { durationMinutes: 60, timeZone: 'Europe/Berlin', ...asked }, person);
  if (codes.length > 0) throw new Error(codes.join(', '));
  return (data['availableSlots'] as { days: Day[] }).days;
}

async function eventsAbout(tutor: TestTutor): Promise<number> {
  const [row] = await market.sql<{ count: number }>(
    `select count(*)::int as count from marketplace.outbox
      where event ->> 'type' = 'tutorgraph.marketplace.schedule.changed.v1' and event ->> 'subject' = ?`,
    [tutor.tutorId],
  );
  return row?.count ?? 0;
}

describe('setSchedule', () => {
  it('says when a tutor teaches, with what is usual where nothing is said', async () => {
    const tutor = await market.tutor();
    expect(await scheduleOf(tutor, tutor)).toBeNull();
    const weeklyWindows = [
      { weekday: 'SUNDAY', startsAtMinute: 0, endsAtMinute: 1_440 },
      { weekday: 'MONDAY', startsAtMinute: 1_200, endsAtMinute: 1_440 },
      { weekday: 'MONDAY', startsAtMinute: 540, endsAtMinute: 720 },
    ];
    await market.made('setSchedule', { timeZone: 'asia/kolkata', weeklyWindows }, tutor, 'tutor');
    expect(await scheduleOf(tutor, tutor)).toEqual({
      timeZone: 'Asia/Kolkata',
      weeklyWindows: weeklyWindows.toReversed(),
      minimumNoticeMinutes: 720,
      bookingWindowDays: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      slotStepMinutes: 30,
      dailyLimit: null,
      weeklyLimit: null,
      overrides: [],
      daysOff: [],
    });
    expect(await eventsAbout(tutor)).toBe(1);
  });

  it('takes the place of what was said before', async () => {
    const tutor = await tutorWithSchedule({ dailyLimit: 3, bufferAfterMinutes: 15 });
    const weeklyWindows = [{ weekday: 'FRIDAY', startsAtMinute: 600, endsAtMinute: 660 }];
    await market.made('setSchedule', { timeZone: 'UTC', weeklyWindows }, tutor, 'tutor');
    expect(await scheduleOf(tutor, tutor)).toMatchObject({
      timeZone: 'UTC',
      weeklyWindows,
      dailyLimit: null,
      bufferAfterMinutes: 0,
    });
    await market.made('setSchedule', { timeZone: 'UTC', weeklyWindows: [] }, tutor, 'tutor');
    expect(await scheduleOf(tutor, tutor)).toMatchObject({ weeklyWindows: [] });
  });

  it.each([
    ['an offset instead of a zone', { timeZone: '+03:00' }, 'INVALID_INPUT timeZone'],
    ['a window without length', { weeklyWindows: [window(600, 600)] }, 'INVALID_INPUT weeklyWindows.0.endsAtMinute'],
    ['a window beyond midnight', { weeklyWindows: [window(600, 1_441)] }, 'INVALID_INPUT weeklyWindows.0.endsAtMinute'],
    [
      'windows that overlap',
      { weeklyWindows: [window(600, 700), window(690, 800)] },
      'WINDOWS_OVERLAP weeklyWindows.1',
    ],
    ['a buffer of more than two hours', { bufferBeforeMinutes: 121 }, 'INVALID_INPUT bufferBeforeMinutes'],
    ['a notice of more than 30 days', { minimumNoticeMinutes: 43_201 }, 'INVALID_INPUT minimumNoticeMinutes'],
    ['more than a year ahead', { bookingWindowDays: 366 }, 'INVALID_INPUT bookingWindowDays'],
    ['no lesson a day', { dailyLimit: 0 }, 'INVALID_INPUT dailyLimit'],
    ['no lesson a week', { weeklyLimit: 0 }, 'INVALID_INPUT weeklyLimit'],
    ['an odd step', { slotStepMinutes: 20 }, 'INVALID_INPUT slotStepMinutes'],
  ])('refuses %s', async (_what, change, refused) => {
    const { userErrors } = await market.mutate('setSchedule', { ...SCHEDULE, ...change }, await market.tutor());
    expect(userErrors.map(({ code, field }) => `${code} ${field?.slice(1).join('.')}`)).toEqual([refused]);
  });

  it('lets windows touch', async () => {
    await tutorWithSchedule({ weeklyWindows: [window(600, 700), window(700, 800)] });
  });

  it('needs a profile, the right to have one, and a zone that there is', async () => {
    expect((await market.mutate('setSchedule', SCHEDULE, await market.graph.person('TUTOR'))).refused).toEqual([
      'PROFILE_REQUIRED',
    ]);
    expect((await market.mutate('setSchedule', SCHEDULE, student)).codes).toEqual(['FORBIDDEN']);
    expect((await market.mutate('setSchedule', SCHEDULE)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a schedule', () => {
  it('is seen whole by its tutor and staff, and by others as far as they need it to book', async () => {
    const tutor = await tutorWithSchedule({ dailyLimit: 3 });
    await market.made('addDaysOff', { from: dateIn(3), to: dateIn(5) }, tutor, 'daysOff');
    for (const person of [tutor, await market.graph.person('HR')]) {
      expect(await scheduleOf(tutor, person)).toMatchObject({
        dailyLimit: 3,
        slotStepMinutes: 60,
        daysOff: [{ fromDate: dateIn(3), toDate: dateIn(5) }],
      });
    }
    for (const person of [undefined, student, await market.tutor()]) {
      expect(await scheduleOf(tutor, person)).toEqual({
        timeZone: 'Europe/Berlin',
        weeklyWindows: SCHEDULE.weeklyWindows,
        minimumNoticeMinutes: 0,
        bookingWindowDays: 365,
        bufferBeforeMinutes: null,
        bufferAfterMinutes: null,
        slotStepMinutes: null,
        dailyLimit: null,
        weeklyLimit: null,
        overrides: null,
        daysOff: null,
      });
    }
  });
});

describe('a date', () => {
  it('has other windows until they are taken away', async () => {
    const [tutor, date] = [await tutorWithSchedule(), monday()];
    const windows = [
      { startsAtMinute: 1_200, endsAtMinute: 1_260 },
      { startsAtMinute: 600, endsAtMinute: 660 },
    ];
    const { payload } = await market.mutate('setDateOverride', { date, windows }, tutor);
    const overrides = [{ date, windows: windows.toReversed() }];
    expect(payload).toMatchObject({ tutor: { schedule: { overrides } } });
    expect(await timesOn(tutor, date)).toEqual(['10:00', '20:00']);
    await market.made('setDateOverride', { date, windows: [] }, tutor, 'tutor');
    expect(await timesOn(tutor, date)).toEqual([]);
    await market.made('removeDateOverride', { date }, tutor, 'tutor');
    expect(await timesOn(tutor, date)).toHaveLength(8);
    expect((await market.mutate('removeDateOverride', { date }, tutor)).refused).toEqual(['NOT_FOUND']);
    expect(await market.mutate('removeDateOverride', { date: '0000-01-01' }, tutor)).toMatchObject({
      refused: ['INVALID_INPUT'],
      codes: [],
    });
    expect(await eventsAbout(tutor)).toBe(4);
  });

  it('can be off, with others or alone, until it is not', async () => {
    const [tutor, date] = [await tutorWithSchedule(), monday()];
    await market.made('setDateOverride', { date, windows: [hours(0, 1_440)] }, tutor, 'tutor');
    const { id } = await market.made('addDaysOff', { from: date, to: date }, tutor, 'daysOff');
    expect(await timesOn(tutor, date)).toEqual([]);
    expect((await market.mutate('addDaysOff', { from: dateIn(1), to: dateIn(30) }, tutor)).refused).toEqual([
      'DAYS_OFF_OVERLAP',
    ]);
    const other = await tutorWithSchedule();
    expect((await market.mutate('removeDaysOff', { daysOffId: id }, other)).refused).toEqual(['NOT_FOUND']);
    expect((await market.mutate('removeDaysOff', { daysOffId: 'x' }, tutor)).refused).toEqual(['NOT_FOUND']);
    await market.made('removeDaysOff', { daysOffId: id }, tutor, 'tutor');
    expect(await timesOn(tutor, date)).toHaveLength(24);
  });

  it('is not changed when it is over, windows overlap, there is no schedule, or there are too many', async () => {
    const [tutor, bare] = [await tutorWithSchedule(), await market.tutor()];
    const refused = async (field: string, input: object, person: TestPerson = tutor) =>
      (await market.mutate(field, input, person)).refused;
    const [past, ahead] = [dateIn(-2), dateIn(2)];
    expect(await refused('setDateOverride', { date: past, windows: [] })).toEqual(['DATE_PASSED']);
    expect(await refused('addDaysOff', { from: past, to: past })).toEqual(['DATE_PASSED']);
    expect(await refused('addDaysOff', { from: ahead, to: past })).toEqual(['INVALID_INPUT']);
    const overlapping = [hours(0, 60), hours(30, 90)];
    expect(await refused('setDateOverride', { date: ahead, windows: overlapping })).toEqual(['WINDOWS_OVERLAP']);
    for (const [field, input] of [
      ['setDateOverride', { date: ahead, windows: [] }],
      ['removeDateOverride', { date: ahead }],
      ['addDaysOff', { from: ahead, to: ahead }],
      ['removeDaysOff', { daysOffId: NOBODY }],
    ] as const) {
      expect(await refused(field, input, bare)).toEqual(['SCHEDULE_REQUIRED']);
    }
    const many = `generate_series(1, 100) as n`;
    const id = `md5(n::text || '${tutor.tutorId}')::uuid`;
    await market.sql(
      `insert into marketplace.schedule_overrides (id, tutor_id, date, windows) select ${id}, ?, current_date + 9 + n, '{}' from ${many}`,
      [tutor.tutorId],
    );
    await market.sql(
      `insert into marketplace.days_off (id, tutor_id, from_date, to_date) select ${id}, ?, current_date + 9 + n, current_date + 9 + n from ${many}`,
      [tutor.tutorId],
    );
    expect(await refused('setDateOverride', { date: ahead, windows: [] })).toEqual(['TOO_MANY_DATES']);
    expect(await refused('setDateOverride', { date: dateIn(11), windows: [] })).toEqual([]);
    expect(await refused('addDaysOff', { from: ahead, to: ahead })).toEqual(['TOO_MANY_DATES']);
  });
});

describe('availableSlots', () => {
  it("answers in the asker's days and time", async () => {
    const [tutor, date] = [await tutorWithSchedule({ weeklyWindows: [window(0, 120)], timeZone: 'UTC' }), monday()];
    const before = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
    const asked = { tutorId: tutor.tutorId, from: before, to: date };
    expect(await daysOf({ ...asked, timeZone: 'Asia/Kathmandu' })).toMatchObject([
      { date, slots: [{ localStart: `${date}T05:45:00+05:45` }, { localStart: `${date}T06:45:00+05:45` }] },
    ]);
    expect(await daysOf({ ...asked, timeZone: 'Atlantic/Cape_Verde' })).toEqual([
      {
        date: before,
        slots: [
          {
            startsAt: `${date}T00:00:00.000Z`,
            endsAt: `${date}T01:00:00.000Z`,
            localStart: `${before}T23:00:00-01:00`,
          },
        ],
      },
      { date, slots: [expect.objectContaining({ localStart: `${date}T00:00:00-01:00` })] },
    ]);
    expect(await daysOf({ ...asked, from: date, timeZone: 'Pacific/Niue' })).toEqual([]);
  });

  it('leaves out what is booked, with buffers, and when whoever asks is busy themselves', async () => {
    const [tutor, other] = [await tutorWithSchedule({ bufferAfterMinutes: 30 }), await tutorWithSchedule()];
    const date = monday();
    await market.made('setDateOverride', { date, windows: [hours(540, 1_020)] }, tutor, 'tutor');
    const at = (hour: number) => `${date} ${hour}:00 Europe/Berlin`;
    await addBooking(market, tutor, at(11));
    await addBooking(market, other, at(15), { studentId: student.userId });
    const free = ['09:00', '13:00', '14:00', '15:00', '16:00'];
    expect(await timesOn(tutor, date)).toEqual(free);
    expect(await timesOn(tutor, date, {}, student)).toEqual(free.filter((time) => time !== '15:00'));
    expect(await timesOn(tutor, date, { durationMinutes: 240 })).toEqual(['13:00']);
  });

  it('says which calendars cannot be read, has no days where nothing is free, and is null where nobody is', async () => {
    const tutor = await tutorWithSchedule();
    const asked = { from: dateIn(0), to: dateIn(0), durationMinutes: 60, timeZone: 'UTC' };
    await market.made('addDaysOff', { from: dateIn(-1), to: dateIn(1) }, tutor, 'daysOff');
    const { data } = await market.run(SLOTS, { ...asked, tutorId: tutor.tutorId });
    expect(data).toEqual({ availableSlots: { timeZone: 'UTC', days: [], unreadableCalendars: [] } });
    await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
    for (const tutorId of [tutor.tutorId, NOBODY, 'x']) {
      expect((await market.run(SLOTS, { ...asked, tutorId }, student)).data).toEqual({ availableSlots: null });
    }
    expect((await market.run(SLOTS, { ...asked, tutorId: tutor.tutorId }, tutor)).data).not.toEqual({
      availableSlots: null,
    });
    expect(await daysOf({ tutorId: (await market.tutor()).tutorId, from: dateIn(0), to: dateIn(61) })).toEqual([]);
  });

  it.each([
    ['more than 62 days', { to: '2027-03-04' }],
    ['days in the wrong order', { to: '2026-12-31' }],
    ['no time at all', { durationMinutes: 0 }],
    ['a lesson of more than four hours', { durationMinutes: 245 }],
    ['a length that is no multiple of five', { durationMinutes: 47 }],
  ])('does not answer for %s', async (_what, change) => {
    const asked = { tutorId: NOBODY, from: '2027-01-01', to: '2027-01-02', durationMinutes: 60, timeZone: 'UTC' };
    expect((await market.run(SLOTS, { ...asked, ...change })).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('answers at once for days that no calendar reaches', async () => {
    const tutor = await tutorWithSchedule();
    for (const from of ['0001-01-01', '9999-11-01']) {
      expect(await daysOf({ tutorId: tutor.tutorId, from, to: from, timeZone: 'America/New_York' })).toEqual([]);
    }
  });

  it('takes as many statements for a day as for 62', async () => {
    const tutor = await tutorWithSchedule();
    for (const to of [dateIn(1), dateIn(62)]) {
      const asked = { tutorId: tutor.tutorId, from: dateIn(1), to };
      expect((await withStatements(() => daysOf(asked, student))).statements).toHaveLength(3);
    }
  });
});

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('at once', () => {
  it('one of many changes of a schedule stands whole, and none fails', async () => {
    const tutor = await tutorWithSchedule();
    const schedules = Array.from({ length: 20 }, (_, index) => {
      return { ...SCHEDULE, dailyLimit: index + 1, weeklyWindows: [window(index * 30, index * 30 + 30)] };
    });
    const answers = await Promise.all(schedules.map((input) => market.mutate('setSchedule', input, tutor)));
    expect(answers.flatMap(({ refused, codes }) => [...refused, ...codes])).toEqual([]);
    const { dailyLimit, weeklyWindows } = (await scheduleOf(tutor, tutor)) ?? {};
    expect(weeklyWindows).toEqual(schedules[Number(dailyLimit) - 1]?.weeklyWindows);
  });

  it('the same days are taken off once', async () => {
    const tutor = await tutorWithSchedule();
    const input = { from: dateIn(3), to: dateIn(5) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => market.mutate('addDaysOff', input, tutor)));
    expect(answers.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ refused }) => refused))).toEqual(new Set(['DAYS_OFF_OVERLAP']));
  });

  it('different slots are booked as far as the limit of the day, and not nearer than the buffers', async () => {
    const [subjectId, students] = [await market.subject(), Array.from({ length: 20 }, () => market.student())];
    const [limited, apart] = [await market.teacher(subjectId), await market.teacher(subjectId)];
    await market.sql('update marketplace.schedules set daily_limit = 2 where tutor_id = ?', [limited.tutorId]);
    await market.sql('update marketplace.schedules set buffer_after_minutes = 30 where tutor_id = ?', [apart.tutorId]);
    const answers = await Promise.all(
      students.flatMap((student, hour) =>
        [limited, apart].map(async (tutor, day) => {
          const startsAt = new Date(Date.parse(dateIn(3 + day)) + hour * 3_600_000);
          const slot = market.slot(tutor, subjectId, startsAt);
          return { tutor, ...(await market.mutate('createBooking', { slot }, await student)) };
        }),
      ),
    );
    expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
    const [ofLimited, ofApart] = [limited, apart].map((tutor) => answers.filter((answer) => answer.tutor === tutor));
    expect(ofLimited?.filter(({ refused }) => refused.length === 0)).toHaveLength(2);
    expect(new Set(ofLimited?.flatMap(({ refused }) => refused))).toEqual(new Set(['LIMIT_REACHED']));
    expect(new Set(ofApart?.flatMap(({ refused }) => refused))).toEqual(new Set(['SLOT_TAKEN']));
    const [nearest] = await market.sql<{ minutes: number }>(
      `select min(extract(epoch from next - ends_at) / 60)::int as minutes
         from (select ends_at, lead(starts_at) over (order by starts_at) as next from marketplace.bookings
                where tutor_id = ? and status = 'PENDING_PAYMENT') as lessons`,
      [apart.tutorId],
    );
    expect(nearest?.minutes).toBeGreaterThanOrEqual(30);
  });
});

function hours(startsAtMinute: number, endsAtMinute: number) {
  return { startsAtMinute, endsAtMinute };
}

function window(startsAtMinute: number, endsAtMinute: number) {
  return { weekday: 'MONDAY', ...hours(startsAtMinute, endsAtMinute) };
}
