import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type DataObject, isDataObject, mergeData } from './merge-data.js';
import { type Places, pathsOf } from './places.js';
import type { PlanRun } from './plan-run.js';
import { prepareRepresentation, type Represent, representationKey } from './representation.js';
import { prepareRewrites, type Rewrite } from './rewrites.js';
import { rootNamesOf } from './root-names.js';
import type { TypeConditions } from './type-conditions.js';

/** What a subgraph is asked about objects that another one named. */
export interface PreparedEntities {
  represent: Represent;
  inputRewrite: Rewrite | undefined;
  outputRewrite: Rewrite | undefined;
  conditions: TypeConditions;
}

/** A fetch with everything worked out that does not depend on the request. */
export interface PreparedFetch {
  /** By which the planner names it where deferred parts wait for it. */
  id: string | undefined;
  subgraph: string;
  query: string;
  isMutation: boolean;
  variableNames: readonly string[];
  /** Root fields of the answer that stand for the whole of it when it does not come; none for a fetch of entities. */
  rootNames: readonly string[];
  /** Undefined for a fetch of root fields. */
  entities: PreparedEntities | undefined;
  outputRewrite: Rewrite | undefined;
}

type AnswerError = GraphQLError | GraphQLFormattedError;

/** Prepares a fetch of a plan. */
export function prepareFetch(node: FetchNode, conditions: TypeConditions): PreparedFetch {
  const outputRewrite = prepareRewrites(node.outputRewrites, conditions);
  return {
    id: node.id,
    subgraph: node.serviceName,
    query: node.operation,
    isMutation: node.operationKind === 'mutation',
    variableNames: node.variableUsages ?? [],
    rootNames: node.requires ? [] : rootNamesOf(node.operation),
    entities: node.requires && {
      represent: prepareRepresentation(node.requires, conditions),
      inputRewrite: prepareRewrites(node.inputRewrites, conditions),
      outputRewrite,
      conditions,
    },
    outputRewrite,
  };
}

/** Runs a fetch and adds what it brings to its places. Never rejects: what goes wrong is an error of the run. */
export function runFetch(fetch: PreparedFetch, run: PlanRun, places: Places): Promise<void> {
  return fetch.entities ? runEntityFetch(fetch, fetch.entities, { run, places }) : runRootFetch(fetch, run, places);
}

async function runEntityFetch(
  fetch: PreparedFetch,
  entities: PreparedEntities,
  { run, places }: { run: PlanRun; places: Places },
): Promise<void> {
  if (places.objects.length === 0) return;
  const asked = askAbout(entities, places);
  if (asked.representations.length === 0) return;
  run.saved(fetch.subgraph, 'deduplication', asked.repeated);
  const variables = { ...run.variablesFor(fetch.variableNames), representations: asked.representations };
  const answer = await run.ask(fetch, variables, places);
  if (!answer) return;
  for (const error of answer.errors ?? []) addEntityError(run, error, { asked, places, subgraph: fetch.subgraph });
  takeEntities(fetch, answer.data?.['_entities'], { run, asked, places });
}

async function runRootFetch(fetch: PreparedFetch, run: PlanRun, places: Places): Promise<void> {
  if (places.objects.length === 0) return;
  const answer = await run.ask(fetch, run.variablesFor(fetch.variableNames), places);
  if (!answer) return;
  for (const error of answer.errors ?? []) {
    run.errors.push(locatedError(error, fetch.subgraph, error.path && [...places.path, ...error.path]));
  }
  if (!answer.data) return;
  fetch.outputRewrite?.(answer.data);
  for (const object of places.objects) mergeData(object, answer.data);
}

/** Representations of objects, each once, and which objects each stands for. */
export interface Asked {
  representations: readonly DataObject[];
  /** Of each representation, the indexes of its objects. */
  indexes: readonly (readonly number[])[];
  /** How many objects are represented by what another one is. */
  repeated: number;
}

/** What of these places is to be asked for. Equal representations are asked for once. */
export function askAbout({ represent, inputRewrite }: PreparedEntities, { objects }: Places): Asked {
  const found = new Map<string, { representation: DataObject; indexes: number[] }>();
  let repeated = 0;
  for (const [index, object] of objects.entries()) {
    const representation = represent(object);
    if (!representation?.['__typename']) continue;
    inputRewrite?.(representation);
    const key = representationKey(representation);
    const known = found.get(key);
    if (known) {
      known.indexes.push(index);
      repeated += 1;
    } else found.set(key, { representation, indexes: [index] });
  }
  const all = [...found.values()];
  return { representations: all.map((one) => one.representation), indexes: all.map((one) => one.indexes), repeated };
}

/** Adds what came to the objects that it is about. */
export function takeEntities(
  { entities, subgraph }: PreparedFetch,
  received: unknown,
  { run, asked, places }: { run: PlanRun; asked: Asked; places: Places },
): void {
  // Whatever refused to answer has said why.
  if (received === undefined || received === null) return;
  if (!Array.isArray(received) || received.length !== asked.representations.length) {
    const error = new Error(`Expected ${asked.representations.length} entities of ${subgraph}`);
    run.errors.push(locatedError(error, subgraph, undefined));
    return;
  }
  for (const [index, entity] of received.entries()) {
    if (!isDataObject(entity)) continue;
    for (const at of asked.indexes[index] ?? []) {
      const object = places.objects[at];
      if (!object) continue;
      const known = object['__typename'];
      // Who knows of an interface only says so of all its objects; others know better.
      if (entities?.conditions.isWider(entity['__typename'], known)) entity['__typename'] = known;
      entities?.outputRewrite?.(entity);
      mergeData(object, entity);
    }
  }
}

/** An error about one representation is one of every object for which it stands. */
export function addEntityError(
  run: PlanRun,
  error: AnswerError,
  { asked, places, subgraph }: { asked: Asked; places: Places; subgraph: string },
): void {
  const index = error.path?.[1];
  if (typeof index !== 'number') {
    run.errors.push(locatedError(error, subgraph, placeOfAll(places)));
    return;
  }
  const paths = pathsOf(run.data, places);
  for (const at of asked.indexes[index] ?? []) {
    run.errors.push(locatedError(error, subgraph, [...(paths[at] ?? []), ...(error.path?.slice(2) ?? [])]));
  }
}

/** Beyond a list the path names no single place. */
export function placeOfAll({ path }: Places): readonly string[] | undefined {
  const list = path.indexOf('@');
  const place = list < 0 ? path : path.slice(0, list);
  return place.length > 0 ? place : undefined;
}

/** A subgraph's error at its place in the whole result. */
export function locatedError(
  error: AnswerError | Error,
  subgraph: string,
  path: readonly (string | number)[] | undefined,
): GraphQLError {
  const extensions = 'extensions' in error ? error.extensions : undefined;
  return new GraphQLError(error.message || `${subgraph} refused a part of the operation`, {
    ...(error instanceof Error && { originalError: error }),
    path: path ?? null,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, serviceName: subgraph },
  });
}
