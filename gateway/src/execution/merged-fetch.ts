import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { type Places, placesAt } from './places.js';
import type { PlanRun } from './plan-run.js';
import { type Asked, addEntityError, askAbout, runFetch, takeEntities } from './prepared-fetch.js';
import type { PlacedFetch, Step } from './prepared-plan.js';

const REPRESENTATIONS = 'representations';
const MOST_OPERATIONS = 32;

/** One of several fetches that are sent as one. */
interface Share extends PlacedFetch {
  /** What its entities are called in the answer, and its representations in the variables. */
  alias: string;
  document: DocumentNode;
}

/** A share that has something to ask for. */
interface AskingShare extends Share {
  places: Places;
  asked: Asked;
}

/**
 * Sends fetches about entities of one subgraph as one operation, in which each has an alias. Those that find nothing to ask for are
 * left out; which are there decides the operation, of which a few are kept.
 */
export function mergeFetches(fetches: readonly PlacedFetch[]): Step {
  const [only, ...others] = fetches;
  if (only && others.length === 0) {
    return async (run, places) => {
      await runFetch(only.fetch, run, placesAt(places, only.path));
      run.settle(only.fetch);
    };
  }
  const prefix = freePrefix(fetches.flatMap(({ fetch }) => fetch.variableNames));
  const shares = fetches.map((fetch, index) => shareOf(fetch, `${prefix}${index}`));
  const operations = new Map<string, string>();
  const fetchAll: Step = async (run, places) => {
    const asking = shares.flatMap((share) => {
      const there = placesAt(places, share.path);
      const asked = share.fetch.entities && askAbout(share.fetch.entities, there);
      return asked && asked.representations.length > 0 ? [{ ...share, places: there, asked }] : [];
    });
    const [first, ...more] = asking;
    if (!first) return;
    if (more.length === 0) return runFetch(first.fetch, run, first.places);
    const key = asking.map(({ alias }) => alias).join();
    const query = operations.get(key) ?? mergedOperation(asking);
    if (operations.size < MOST_OPERATIONS) operations.set(key, query);
    await runMerged(query, asking, run);
  };
  return async (run, places) => {
    await fetchAll(run, places);
    for (const { fetch } of fetches) run.settle(fetch);
  };
}

async function runMerged(query: string, asking: readonly AskingShare[], run: PlanRun): Promise<void> {
  const [first] = asking;
  if (!first) return;
  const { subgraph } = first.fetch;
  run.saved(subgraph, 'merging', asking.length - 1);
  for (const { asked } of asking) run.saved(subgraph, 'deduplication', asked.repeated);
  const variables = Object.assign(
    {},
    ...asking.map(({ alias, fetch, asked }) => ({
      ...run.variablesFor(fetch.variableNames),
      [alias]: asked.representations,
    })),
  );
  const before = run.errors.length;
  const answer = await run.ask({ subgraph, query, isMutation: false, rootNames: [] }, variables, first.places);
  if (!answer) {
    // One failure is one of every place that waited for it.
    const [failure] = run.errors.slice(before);
    for (const { places } of asking.slice(1)) if (failure) run.noteUnanswered(failure, subgraph, places);
    return;
  }
  // Where one refuses so that all is lost, each is asked for by itself.
  if (!answer.data) {
    await Promise.all(asking.map(({ fetch, places }) => runFetch(fetch, run, places)));
    return;
  }
  for (const error of answer.errors ?? []) {
    const concerned = asking.filter(({ alias }) => error.path?.[0] === alias);
    for (const { asked, places } of concerned.length > 0 ? concerned : asking) {
      addEntityError(run, error, { asked, places, subgraph });
    }
  }
  for (const { alias, fetch, asked, places } of asking) {
    takeEntities(fetch, answer.data?.[alias], { run, asked, places });
  }
}

/** The operation of one share with names of its own, so that it can stand beside others. */
function shareOf(placed: PlacedFetch, alias: string): Share {
  const named = (name: string) => ({ kind: Kind.NAME, value: name }) as const;
  const document = visit(parse(placed.fetch.query, { noLocation: true }), {
    Variable: (node) => (node.name.value === REPRESENTATIONS ? { ...node, name: named(alias) } : undefined),
    FragmentSpread: (node) => ({ ...node, name: named(`${node.name.value}${alias}`) }),
    FragmentDefinition: (node) => ({ ...node, name: named(`${node.name.value}${alias}`) }),
    Field: {
      enter: (node, _key, _parent, _path, ancestors) =>
        isRoot(node, ancestors) ? { ...node, alias: named(alias) } : undefined,
    },
  });
  return { ...placed, alias, document };
}

/** What no variable of the client begins with. */
function freePrefix(variableNames: readonly string[]): string {
  let prefix = '_';
  while (variableNames.some((name) => name.startsWith(prefix))) prefix += '_';
  return prefix;
}

function isRoot(node: FieldNode, ancestors: readonly unknown[]): boolean {
  const depth = ancestors.filter((one) => typeof one === 'object' && one !== null && 'kind' in one).length;
  // Document, operation, selection set.
  return node.name.value === '_entities' && !node.alias && depth === 3;
}

function mergedOperation(shares: readonly Share[]): string {
  const definitions = shares.flatMap(({ document }) => document.definitions);
  const operations = definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = definitions.filter((one: DefinitionNode) => one.kind === Kind.FRAGMENT_DEFINITION);
  const variables = new Map<string, VariableDefinitionNode>();
  for (const definition of operations.flatMap(({ variableDefinitions = [] }) => variableDefinitions)) {
    variables.set(definition.variable.name.value, definition);
  }
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: 'query' as OperationDefinitionNode['operation'],
    ...(operations[0]?.name && { name: operations[0].name }),
    variableDefinitions: [...variables.values()],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  return stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }));
}
