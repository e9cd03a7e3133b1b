import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Known, type KnownSchool, type Link, planExchange, readLearners, readShare } from './exchange.rules.js';

const COURSE = 'course';
const link: Link = { id: 'link', groupId: '7', courseId: COURSE, cohortId: null, progressField: 'Прогресс' };

function school(change: Partial<KnownSchool> = {}): KnownSchool {
  const nobody = { byExternalId: new Map(), byEmail: new Map(), takenEmails: new Set<string>() };
  return { ...nobody, lessonsOf: () => 10, ...change };
}

const known = (completed: number | null): Known => ({
  studentId: 'student',
  completed: new Map(completed === null ? [] : [[COURSE, completed]]),
});

function plan(rows: Record<string, string>[], knownSchool = school(), members = rows.map((row) => row['id'] ?? '')) {
  const plans = planExchange(readLearners(rows), new Map([[link.id, new Set(members)]]), [link], knownSchool);
  return plans.flatMap(({ changes }) =>
    changes.map(({ kind, lessons, reason }) => [kind, lessons ?? reason].filter(Boolean)),
  );
}

const maria = { id: '5', Email: 'Maria@School.test', Имя: 'Мария', Фамилия: 'Иванова', Прогресс: '45 %' };

describe('an exchange with GetCourse', () => {
  it('adds who is unknown, enrols them and brings their progress', () => {
    expect(plan([maria])).toEqual([['ADD_STUDENT'], ['ENROLL'], ['PROGRESS', 4]]);
  });

  it('finds who was added by hand under the same address', () => {
    const found = school({ byEmail: new Map([['maria@school.test', known(null)]]) });
    expect(plan([maria], found)).toEqual([['MATCH_STUDENT'], ['ENROLL'], ['PROGRESS', 4]]);
  });

  it('changes nothing for who is as far already, or further', () => {
    for (const completed of [4, 9])
      expect(plan([maria], school({ byExternalId: new Map([['5', known(completed)]]) }))).toEqual([]);
    expect(plan([maria], school({ byExternalId: new Map([['5', known(3)]]) }))).toEqual([['PROGRESS', 4]]);
  });

  it('takes only who is in a linked group', () => {
    expect(plan([maria], school(), ['6'])).toEqual([]);
  });

  it('leaves out who could never claim their place, and the second with the same address', () => {
    expect(plan([{ ...maria, Email: 'nonsense' }])).toEqual([['LEAVE_OUT', 'NO_ADDRESS']]);
    expect(plan([maria], school({ takenEmails: new Set(['maria@school.test']) }))).toEqual([
      ['LEAVE_OUT', 'ADDRESS_TAKEN'],
    ]);
    expect(
      plan([
        { ...maria, Прогресс: '' },
        { ...maria, id: '6' },
      ]),
    ).toEqual([['ADD_STUDENT'], ['ENROLL'], ['LEAVE_OUT', 'ADDRESS_TAKEN']]);
  });

  it('enrols whose progress nobody can read, and says so', () => {
    expect(plan([{ ...maria, Прогресс: 'почти всё' }])).toEqual([
      ['ADD_STUDENT'],
      ['ENROLL'],
      ['LEAVE_OUT', 'PROGRESS_UNREADABLE'],
    ]);
  });

  it('reads exports with English headings, and passes over lines that are no users', () => {
    expect(readLearners([{ ID: '1', 'E-mail': 'A@b.c', 'First name': 'Ann' }, { Итого: '1' }])).toMatchObject([
      { externalId: '1', email: 'a@b.c', name: 'Ann' },
    ]);
  });
});

describe('progress as it is written', () => {
  it.each([
    ['40', 0.4],
    ['40 %', 0.4],
    ['33,5%', 0.335],
    ['4/10', 0.4],
    ['', null],
    ['101', undefined],
    ['5/4', undefined],
    ['4/0', undefined],
    ['-1', undefined],
    ['много', undefined],
  ])('%j is %s', (written, share) => {
    expect(readShare(written)).toBe(share);
  });

  it('is nothing or a share, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        const share = readShare(written);
        expect(share == null || (share >= 0 && share <= 1)).toBe(true);
      }),
    );
  });
});
