import type { DeferNode, PlanNode } from '@apollo/query-planner';
import type { PlanRun } from './plan-run.js';
import type { Step } from './prepared-plan.js';

/**
 * Prepares a part of a plan of which more comes later: it ends when what comes first is there, and leaves the rest to the
 * deferral of the run. Parts start as early as they can, side by side.
 */
export function prepareDefer({ primary, deferred }: DeferNode, prepare: (node: PlanNode | undefined) => Step): Step {
  const first = prepare(primary.node);
  const inFirst = fetchIds(primary.node);
  const parts = deferred.map(({ depends, label, node }) => ({
    label,
    needs: depends.map(({ id }) => id),
    step: prepare(node),
    inside: fetchIds(node),
  }));
  return async (run, places) => {
    const { deferral } = run;
    if (!deferral) throw new Error('This run takes no parts that come later: run a plan without them');
    const finish = async (part: Step, own: PlanRun, inside: readonly string[]): Promise<void> => {
      await part(own, places);
      // Those that had nothing to ask for keep nobody waiting.
      for (const id of inside) deferral.settle(id);
    };
    for (const { label, needs, step, inside } of parts) {
      deferral.start(label, needs, { run, part: (own) => finish(step, own, inside) });
    }
    await finish(first, run, inFirst);
  };
}

function fetchIds(node: PlanNode | undefined): string[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'Fetch':
      return node.id === undefined ? [] : [node.id];
    case 'Flatten':
      return fetchIds(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchIds);
    case 'Condition':
      return [...fetchIds(node.ifClause), ...fetchIds(node.elseClause)];
    // What is deferred inside settles its own.
    case 'Defer':
      return fetchIds(node.primary.node);
  }
}
