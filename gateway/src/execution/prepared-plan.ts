import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { mergeFetches } from './merged-fetch.js';
import { type Places, placesAt } from './places.js';
import type { PlanRun } from './plan-run.js';
import { prepareDefer } from './prepared-defer.js';
import { type PreparedFetch, prepareFetch, runFetch } from './prepared-fetch.js';
import type { TypeConditions } from './type-conditions.js';

/** A part of a plan that can be run. It never rejects. */
export type Step = (run: PlanRun, places: Places) => Promise<void>;

/** A fetch for what is found along a path. */
export interface PlacedFetch {
  path: readonly string[];
  fetch: PreparedFetch;
}

const NOTHING: Step = async () => {};

/** Prepares a plan of a query or mutation once for all its runs. @throws for a plan of a subscription */
export function preparePlan(plan: QueryPlan, conditions: TypeConditions): Step {
  const { node } = plan;
  if (!node) return NOTHING;
  if (node.kind === 'Subscription') throw new Error('A subscription has no plan that is run as a whole');
  return prepareNode(node, conditions);
}

/** Runs a plan from its beginning. */
export function runPlan(step: Step, run: PlanRun): Promise<void> {
  return step(run, { path: [], objects: [run.data] });
}

function prepareNode(node: PlanNode, conditions: TypeConditions): Step {
  switch (node.kind) {
    case 'Fetch': {
      const fetch = prepareFetch(node, conditions);
      return async (run, places) => {
        await runFetch(fetch, run, places);
        run.settle(fetch);
      };
    }
    case 'Flatten': {
      const path = node.path.map(String);
      const inner = prepareNode(node.node, conditions);
      return async (run, places) => {
        const there = placesAt(places, path);
        if (there.objects.length > 0) await inner(run, there);
      };
    }
    case 'Sequence':
      return inSequence(node.nodes.map((child) => prepareNode(child, conditions)));
    case 'Parallel':
      return inParallel(node.nodes, conditions);
    case 'Condition':
      return prepareCondition(node, conditions);
    case 'Defer':
      return prepareDefer(node, (child) => (child ? prepareNode(child, conditions) : NOTHING));
  }
}

function inSequence(steps: readonly Step[]): Step {
  return async (run, places) => {
    for (const step of steps) await step(run, places);
  };
}

/** What is fetched at the same time about entities of one subgraph is fetched together. */
function inParallel(nodes: readonly PlanNode[], conditions: TypeConditions): Step {
  const ofEntities = new Map<string, PlacedFetch[]>();
  const steps: Step[] = [];
  for (const node of nodes) {
    const placed = placedFetch(node, conditions);
    if (!placed) steps.push(prepareNode(node, conditions));
    else {
      const { subgraph } = placed.fetch;
      ofEntities.set(subgraph, [...(ofEntities.get(subgraph) ?? []), placed]);
    }
  }
  for (const fetches of ofEntities.values()) steps.push(mergeFetches(fetches));
  const [only, ...more] = steps;
  if (only && more.length === 0) return only;
  return async (run, places) => {
    await Promise.all(steps.map((step) => step(run, places)));
  };
}

function placedFetch(node: PlanNode, conditions: TypeConditions): PlacedFetch | undefined {
  if (node.kind !== 'Flatten' || node.node.kind !== 'Fetch' || !node.node.requires) return undefined;
  return { path: node.path.map(String), fetch: prepareFetch(node.node, conditions) };
}

function prepareCondition(node: Extract<PlanNode, { kind: 'Condition' }>, conditions: TypeConditions): Step {
  const [then, otherwise] = [node.ifClause, node.elseClause].map((child) =>
    child ? prepareNode(child, conditions) : NOTHING,
  );
  return async (run, places) => {
    await (run.holds(node.condition) ? then : otherwise)?.(run, places);
  };
}
