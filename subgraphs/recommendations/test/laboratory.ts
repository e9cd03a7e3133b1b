import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

/** What a mutation answers. */
interface Outcome {
  payload: Record<string, unknown>;
  /** Codes of `userErrors`, and the fields at fault. */
  refused: string[];
  fields: string[];
  codes: string[];
}

const EXPERIMENT =
  'experiment { id name status startedAt pausedAt completedAt winner breach { metric variant upper } }';
const RESULTS = `query ($id: ID!) { experimentResults(id: $id) { countedAt experiment { name } sampleRatio { verdict pValue }
  variants { key units people metrics { key conversions convertedUnits mean isCrossed lift { lift lower upper pValue } } } } }`;

let names = 0;

/** What `experimentResults` answers. */
interface Found {
  experiment: { name: string };
  countedAt: string | null;
  sampleRatio: { verdict: string; pValue: number };
  variants: {
    key: string;
    units: number;
    people: number;
    metrics: { key: string; conversions: number; convertedUnits: number; mean: number | null; lift: object | null }[];
  }[];
}

/** Accounts and recommendations, and short ways to experiments. */
export class Laboratory {
  private constructor(
    readonly graph: TestGraph,
    readonly admin: TestPerson,
  ) {}

  static async open(): Promise<Laboratory> {
    const rooms = ['accounts', 'recommendations'];
    const graph = await startTestGraph(rooms, undefined, {}, openGenerousRateLimiter);
    return new Laboratory(graph, await graph.person('ADMIN'));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  /** The room's own view of the database: a fresh one each time. */
  get em(): EntityManager {
    const room = this.graph.rooms.get('recommendations');
    if (!room) throw new Error('The room was not started');
    return room.orm.em.fork();
  }

  sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return this.em.execute<Row[]>(statement, values);
  }

  run(query: string, variables: object = {}, person: TestPerson = this.admin): Promise<TestResult> {
    return this.graph.run('recommendations', query, variables, person);
  }

  async mutate(field: string, input: object, person = this.admin, selection = EXPERIMENT): Promise<Outcome> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code field message } } }`;
    const { data, codes, errors } = await this.run(query, { input }, person);
    const payload = (data[field] ?? {}) as Record<string, unknown>;
    const userErrors = (payload['userErrors'] ?? []) as { code: string; field: string[] | null }[];
    if (errors?.some(({ extensions }) => extensions['code'] === 'INTERNAL_SERVER_ERROR')) throw errors[0];
    return {
      payload,
      refused: userErrors.map(({ code }) => code),
      fields: userErrors.map(({ field: path }) => (path ?? []).join('.')),
      codes,
    };
  }

  /** An experiment that half of all people have `learned` in. @returns its id */
  async draft(changes: object = {}): Promise<string> {
    const { payload, refused } = await this.mutate('createExperiment', this.wanted(changes));
    if (refused.length > 0) throw new Error(refused.join());
    return (payload['experiment'] as { id: string }).id;
  }

  wanted(changes: object = {}): object {
    names += 1;
    return {
      name: `experiment-${names}`,
      description: 'A learned model against weights made by hand.',
      variants: [
        { key: 'control', share: 5_000 },
        { key: 'learned', share: 5_000, payload: { explorationSlot: false } },
      ],
      metrics: [
        { key: 'booked', kind: 'PROPORTION', role: 'PRIMARY' },
        { key: 'clicked', kind: 'MEAN', role: 'SECONDARY', most: 10 },
      ],
      ...changes,
    };
  }

  async started(changes: object = {}): Promise<{ id: string; name: string }> {
    const id = await this.draft(changes);
    const { payload, refused } = await this.mutate('startExperiment', { experimentId: id });
    if (refused.length > 0) throw new Error(refused.join());
    return { id, name: (payload['experiment'] as { name: string }).name };
  }

  person(): Promise<TestPerson> {
    return this.graph.person('STUDENT');
  }

  async variantOf(name: string, person: TestPerson, place: { subjectId?: string; city?: string } = {}) {
    const query = `query ($name: String!, $subjectId: ID, $city: String) {
      experimentVariant(name: $name, subjectId: $subjectId, city: $city) { experiment variant payload } }`;
    const { data, errors } = await this.run(query, { name, ...place }, person);
    if (errors) throw errors[0];
    return data['experimentVariant'] as { experiment: string; variant: string; payload: Record<string, unknown> };
  }

  /** Whether it counts. */
  async track(experiment: string, person: TestPerson, changes: object = {}): Promise<Outcome & { counted: unknown }> {
    const input = { experiment, metric: 'clicked', idempotencyKey: newId(), ...changes };
    const outcome = await this.mutate('trackConversion', input, person, 'counted');
    return { ...outcome, counted: outcome.payload['counted'] };
  }

  async resultsOf(id: string): Promise<Found | null> {
    const { data, errors } = await this.run(RESULTS, { id });
    if (errors) throw errors[0];
    return data['experimentResults'] as Found | null;
  }

  /** Units straight in the database: so many of a variant, so many of which converted, once each. */
  async plant(experimentId: string, variant: string, units: number, converted: number, metric: string): Promise<void> {
    await this.sql(
      `with met as (
         insert into recommendations.experiment_exposures (id, experiment_id, unit, variant_id, at)
         select gen_random_uuid(), ?, gen_random_uuid()::text, v.id, now() from recommendations.experiment_variants v
           cross join generate_series(1, ?::int) where v.experiment_id = ? and v.key = ? returning id)
       insert into recommendations.experiment_conversions (id, exposure_id, metric_id, value, key, at)
       select gen_random_uuid(), met.id, m.id, 1, met.id::text, now() from (select id from met limit ?::int) met
         join recommendations.experiment_metrics m on m.experiment_id = ? and m.key = ?`,
      [experimentId, units, experimentId, variant, converted, experimentId, metric],
    );
  }

  async runJob(name: string): Promise<void> {
    const job = this.graph.rooms.get('recommendations')?.parts.jobs?.find((one) => one.name === name);
    if (!job) throw new Error(`There is no job ${name}`);
    await job.handler({}, { id: newId(), attempt: 1, signal: new AbortController().signal, logger: silentLogger });
  }

  /** What was told of something, in its order. */
  async told(subject: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
    const rows = await this.sql<{ type: string; data: Record<string, unknown> }>(
      `select event ->> 'type' as type, event -> 'data' as data from recommendations.outbox
        where event ->> 'subject' = ? order by sequence`,
      [subject],
    );
    return rows.map(({ type, data }) => ({ type: type.split('.').slice(2, 4).join('.'), data }));
  }
}
