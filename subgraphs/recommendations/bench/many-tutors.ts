import { createHash } from 'node:crypto';
import { newId } from '@tutorgraph/kit/database/id';

/** How many of what a market has. */
export interface MarketSize {
  tutors: number;
  subjects: number;
  /** Orders that are matched, each with the tutor who was chosen. */
  matched: number;
  /** Completed lessons. */
  lessons: number;
  /** Numbers of a vector. */
  dimensions: number;
}

/** An order that is asked for in the bench. */
export interface OpenOrder {
  id: string;
  studentId: string;
}

/** The model of the bench's vectors. */
const BENCH_MODEL = 'bench/latent@1';
const VECTOR_INDEX = `tutor_vectors_near_${createHash('sha256').update(BENCH_MODEL).digest('hex').slice(0, 12)}`;
const CITIES = [
  'moscow',
  'saint petersburg',
  'novosibirsk',
  'yekaterinburg',
  'kazan',
  'samara',
  'minsk',
  'riga',
  'berlin',
];
const SCHEDULES = 300;

/**
 * Statements that fill the room with a market of so many tutors, the same each time; what is frequent is so as in a real one.
 * Vectors lie around a centre of their subject, as those of texts do.
 */
export function manyTutors({ tutors, subjects, matched, lessons, dimensions }: MarketSize): string[] {
  return [
    "set maintenance_work_mem to '700MB'",
    // While a commit near by is not on the disk, vacuum cannot mark rows as committed, and indexes alone would not do.
    'set synchronous_commit to on',
    'select setseed(0.42)',
    `create temp table patterns as select n as pattern, (select string_agg(case when (hour % 24) between 7 + n % 5 and 20 - n % 4
        and ${draw('hour', 'n * 1000 + hour')} % 10 < 3 + n % 4 then '1' else '0' end, '' order by hour)
        from generate_series(0, 167) as hour)::bit(168) as hours
      from generate_series(0, ${SCHEDULES - 1}) as n`,
    `insert into recommendations.tutors (id, user_id, hidden, currency, city, languages, formats, experience_years, premium,
        verified, headline, biography, hours, created_at, changed_at, review_count, rating, application_count, chosen_count,
        response_minutes, student_count, returning_count, lesson_count, booking_count, let_down_count, recent_lessons,
        upcoming_lessons, last_active_at)
      select ${idOf('8', 'm.n')}, ${idOf('7', 'm.n')}, m.n % 25 = 0,
        case when m.n % 20 < 14 then 'RUB' when m.n % 20 < 18 then 'EUR' else 'USD' end,
        case when m.n % 7 > 0 then ${pick(CITIES, 'city')} end,
        case when m.n % 5 = 0 then '{en}'::text[] else '{ru,en}'::text[] end,
        case when m.n % 3 = 0 then '{ONLINE}'::text[] else '{ONLINE,IN_PERSON}'::text[] end, ${draw('experience')} % 25,
        m.n % 9 = 0, m.n % 3 > 0, 'Tutor ' || m.n, repeat('What I teach and how. ', 20), p.hours,
        now() - make_interval(secs => ${draw('age')} % 80000000), now() - interval '2 hours' - make_interval(secs => ${draw('changed')} % 8000000),
        m.seen / 3, case when m.seen > 2 then 3.8 + (${draw('stars')} % 120) / 100.0 end, m.seen, m.seen / (3 + m.n % 6),
        case when m.seen > 0 then 10 + ${draw('minutes')} % 3000 end, m.seen / 2, m.seen / (2 + m.n % 3), m.seen * 6, m.seen * 7,
        m.seen / 9, m.seen, m.n % 30, now() - make_interval(secs => ${draw('active')} % 5000000)
      from (select n, ${frequent(80, 'seen')} as seen from generate_series(1, ${tutors}) as n) m
      left join patterns p on p.pattern = m.n % ${SCHEDULES + 60}`,
    `insert into recommendations.offers (tutor_id, subject_id, levels, rate_minor, currency, hidden, city, languages, formats,
        hours, tutor_created_at, lesson_count, popularity)
      select t.id, ${idOf('9', 'm.subject')}, case m.n % 3 when 0 then '{EXAM,ADULT}'::text[]
          when 1 then '{PRIMARY_SCHOOL,SECONDARY_SCHOOL}'::text[] else '{SECONDARY_SCHOOL,EXAM,UNIVERSITY}'::text[] end,
        case t.currency when 'RUB' then 500 + 100 * (${draw('price', 'm.n')} % 36) else 10 + ${draw('price', 'm.n')} % 60 end * 100,
        t.currency, t.hidden, t.city, t.languages, t.formats, t.hours, t.created_at, t.lesson_count,
        t.recent_lessons + (${draw('popular', 'm.n')} % 1000) / 1000.0
      from (select distinct n, 1 + ${frequent(subjects, 'subject', 'n * 10 + k')} as subject
          from generate_series(1, ${tutors}) as n, generate_series(1, 1 + n % 3) as k) m
      join recommendations.tutors t on t.id = ${idOf('8', 'm.n')}`,
    `insert into recommendations.tutor_insights (tutor_id, topics, styles, sentiment, source_hash, updated_at)
      select ${idOf('8', 'n')}, '[]', jsonb_build_object('PATIENT', (n % 10) / 10.0, 'EXAM_FOCUSED', (n % 7) / 7.0), 0.8, '', now()
      from generate_series(1, ${tutors}) as n where n % 2 = 0`,
    ...history(matched, lessons, subjects),
    ...vectors(subjects, dimensions),
    'vacuum analyze recommendations.tutors, recommendations.offers, recommendations.orders, recommendations.applications',
    'vacuum analyze recommendations.bookings, recommendations.tutor_vectors, recommendations.tutor_insights',
  ];
}

/** A statement that adds open orders of as many students, with their vectors, and gives them. */
export function openOrders(count: number, subjects: number): { orders: OpenOrder[]; statements: string[] } {
  const orders = Array.from({ length: count }, () => ({ id: newId(), studentId: newId() }));
  const rows = orders.map(({ id, studentId }, n) => `('${id}'::uuid, '${studentId}'::uuid, ${n})`).join(', ');
  return {
    orders,
    statements: [
      `insert into recommendations.orders (id, student_id, subject_id, level, format, city, budget_minor, currency, title,
          description, hours, languages, status, created_at)
        select id, student, ${idOf('9', `1 + ${frequent(subjects, 'wanted')}`)},
          (array['EXAM', 'SECONDARY_SCHOOL', 'ADULT', 'UNIVERSITY', 'EXAM'])[1 + n % 5],
          case when n % 4 = 0 then 'IN_PERSON' else 'ONLINE' end, case when n % 4 = 0 then ${pick(CITIES, 'at')} end,
          case when n % 5 > 0 then 100000 + 10000 * (n % 20) end, case when n % 5 > 0 then 'RUB' end, 'Lessons ' || n,
          'What is wanted, in some words', case when n % 3 > 0 then (select hours from patterns p where p.pattern = o.n % ${SCHEDULES}) end,
          '{ru}', 'OPEN', now()
        from (values ${rows}) as o (id, student, n)`,
      // As embeddings hash texts: those of orders are compared by what is stored.
      `insert into recommendations.order_vectors (model, order_id, vector, text_hash)
        select '${BENCH_MODEL}', o.id, near.vector::public.halfvec,
          md5('1' || left(concat_ws(E'\\n', trim(o.title), trim(o.description)), 6000))
        from recommendations.orders o join centres c on c.subject_id = o.subject_id
        cross join lateral (
          select array(select (v + 0.9 * (random() - 0.5) + length(o.title) * 0)::real from unnest(c.centre) as v) as vector
        ) near
        where o.status = 'OPEN'`,
      'analyze recommendations.orders, recommendations.order_vectors',
    ],
  };
}

function history(matched: number, lessons: number, subjects: number): string[] {
  return [
    `insert into recommendations.orders (id, student_id, subject_id, level, format, budget_minor, currency, title, languages,
        status, created_at, closed_at)
      select ${idOf('6', 'n')}, ${idOf('5', 'n % 20000')}, ${idOf('9', `1 + ${frequent(subjects, 'was')}`)},
        (array['EXAM', 'SECONDARY_SCHOOL', 'ADULT'])[1 + n % 3], 'ONLINE', 100000 + 10000 * (n % 20), 'RUB', 'Lessons', '{ru}',
        'MATCHED', now() - make_interval(secs => ${draw('ordered')} % 20000000), now()
      from generate_series(1, ${matched}) as n`,
    `insert into recommendations.applications (id, order_id, tutor_id, status, rate_minor, created_at, decided_at)
      select gen_random_uuid(), o.id, chosen.tutor_id, 'CHOSEN', 100000, o.created_at, now()
      from recommendations.orders o cross join lateral (
        select f.tutor_id from recommendations.offers f where f.subject_id = o.subject_id and not f.hidden
        order by f.popularity desc offset abs(hashtext(o.id::text)) % 60 limit 1
      ) chosen where o.status = 'MATCHED'`,
    `insert into recommendations.bookings (id, student_id, tutor_id, subject_id, status, starts_at, created_at, completed_at, let_down)
      select gen_random_uuid(), o.student_id, a.tutor_id, o.subject_id, 'COMPLETED', o.created_at + make_interval(days => k),
        o.created_at, o.created_at + make_interval(days => k), false
      from recommendations.orders o join recommendations.applications a on a.order_id = o.id,
        generate_series(1, ${Math.ceil(lessons / matched)}) as k where o.status = 'MATCHED'`,
  ];
}

function vectors(subjects: number, dimensions: number): string[] {
  const type = `public.halfvec(${dimensions})`;
  return [
    `update recommendations.embedding_models set state = 'RETIRED', retired_at = now() where state <> 'RETIRED'`,
    `insert into recommendations.embedding_models (id, source, dimensions, state, created_at, active_at)
      values ('${BENCH_MODEL}', 'LOCAL', ${dimensions}, 'ACTIVE', now(), now())`,
    `create temp table centres as select ${idOf('9', 's')} as subject_id,
        array(select (random() - 0.5 + s * 0)::real from generate_series(1, ${dimensions})) as centre
      from generate_series(1, ${subjects}) as s`,
    `insert into recommendations.tutor_vectors (model, tutor_id, vector, text_hash)
      select '${BENCH_MODEL}', m.tutor_id, near.vector::public.halfvec, ''
      from (select distinct on (tutor_id) tutor_id, subject_id from recommendations.offers order by tutor_id, subject_id) m
      join centres c on c.subject_id = m.subject_id
      cross join lateral (
        select array(select (v + 1.4 * (random() - 0.5) + length(m.tutor_id::text) * 0)::real from unnest(c.centre) as v) as vector
      ) near`,
    // As the room itself names it, so that it does not make another.
    `create index ${VECTOR_INDEX} on recommendations.tutor_vectors
      using hnsw ((vector::${type}) public.halfvec_cosine_ops) with (m = 16, ef_construction = 64)
      where model = '${BENCH_MODEL}'`,
  ];
}

function idOf(kind: string, number: string): string {
  return `('01900000-0000-7000-800${kind}-' || lpad((${number})::text, 12, '0'))::uuid`;
}

/** A number that has to do with nothing but its number and what it is for. */
function draw(what: string, number = 'n'): string {
  return `(hashtext((${number}) || '${what}') & 2147483647)`;
}

function pick(texts: readonly string[], what: string): string {
  return `(array[${texts.map((text) => `'${text}'`).join(', ')}])[1 + ${frequent(texts.length, what)}]`;
}

/** From 0 on; the first are far more frequent than the last. */
function frequent(count: number, what: string, number = 'n'): string {
  return `floor(power(${draw(what, number)} / 2147483648.0, 2) * ${count})::int`;
}
