import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { Market } from './market.js';

/** A case as tests look at it. */
export interface SeenCase {
  id: string;
  kind: string;
  status: string;
  held: boolean;
  outcome: string | null;
  texts: { field: string; text: string }[];
  decisions:
    | {
        judge: string;
        model: string | null;
        outcome: string;
        degraded: boolean;
        findings: { category: string; confidence: number; field: string }[];
      }[]
    | null;
}

const CASE = `id kind status held outcome reason appealStatement texts { field text } author { id } tutor { id } review { id }
  decidedBy { id } decisions { judge model outcome degraded findings { category confidence field } }`;

/** Cases that wait for staff, about one tutor. */
export async function waitingCases(market: Market, tutorId: string, filter: object = {}): Promise<SeenCase[]> {
  const staff = await market.graph.person('SUPERVISOR');
  const query = `query ($filter: ModerationQueueFilter) { moderationQueue(filter: $filter, last: 100) {
    edges { node { ${CASE} } } } }`;
  const { data, codes } = await market.run(query, { filter }, staff);
  if (codes.length > 0) throw new Error(codes.join());
  const { edges } = data['moderationQueue'] as { edges: { node: SeenCase & { tutor: { id: string } } }[] };
  return edges.map(({ node }) => node).filter(({ tutor }) => tutor.id === tutorId);
}

/** A case as somebody sees it. */
export async function seenCase(market: Market, id: string, person?: TestPerson): Promise<SeenCase | null> {
  const { data } = await market.run(`query ($id: ID!) { moderationCase(id: $id) { ${CASE} } }`, { id }, person);
  return (data['moderationCase'] ?? null) as SeenCase | null;
}

/** Waits until a room's jobs with this name have all been done. */
export async function jobsDone(market: Market, ...names: string[]): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const open = await market.sql(
      `select id from marketplace_jobs.job where name = any (string_to_array(?, ',')) and state in ('created', 'active', 'retry')`,
      [names.join()],
    );
    if (open.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The jobs ${names.join()} are not done`);
}
