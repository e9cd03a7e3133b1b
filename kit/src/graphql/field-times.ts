import { AsyncLocalStorage } from 'node:async_hooks';
import type { Trace } from '@apollo/usage-reporting-protobuf';
import {
  defaultFieldResolver,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

type Path = { readonly prev: Path | undefined; readonly key: string | number };
type Node = Trace.INode & { child: Node[] };

/** Times of the fields of one operation, as the tree that Apollo's federated trace (ftv1) is. */
class FieldTimes {
  readonly startedAt = new Date();
  readonly root: Node = { child: [] };
  private readonly startNs = process.hrtime.bigint();
  private readonly nodes = new Map<string, Node>();

  /** The node of a field or list item; whatever is above it is made with it. */
  node({ prev, key }: Path): Node {
    const name = nameOf({ prev, key });
    const known = this.nodes.get(name);
    if (known) return known;
    const node: Node = { child: [], ...(typeof key === 'number' ? { index: key } : { responseName: key }) };
    (prev ? this.node(prev) : this.root).child.push(node);
    this.nodes.set(name, node);
    return node;
  }

  /** Nanoseconds since it began. */
  get elapsed(): number {
    return Number(process.hrtime.bigint() - this.startNs);
  }

  /** Notes errors at the fields that failed. */
  noteErrors(errors: ExecutionResult['errors'] = []): void {
    for (const error of errors) {
      const node = this.nodes.get((error.path ?? []).join('.')) ?? this.root;
      const location = error.locations?.map(({ line, column }) => ({ line, column })) ?? [];
      node.error = [...(node.error ?? []), { message: error.message, location, json: JSON.stringify(error) }];
    }
  }
}

const running = new AsyncLocalStorage<FieldTimes>();

/** Makes every field of a schema tell its times to the operation that is traced. Changes the schema. */
export function timeFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) timeField(field);
  }
  return schema;
}

/** Runs an operation on a schema of timed fields. @returns its result with `extensions.ftv1` */
export async function withFieldTimes(run: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
  const { Trace } = await import('@apollo/usage-reporting-protobuf');
  const times = new FieldTimes();
  const result = await running.run(times, run);
  times.noteErrors(result.errors);
  const trace = Trace.encode({
    startTime: timestamp(times.startedAt),
    endTime: timestamp(new Date()),
    durationNs: times.elapsed,
    root: times.root,
    fieldExecutionWeight: 1,
  }).finish();
  return { ...result, extensions: { ...result.extensions, ftv1: Buffer.from(trace).toString('base64') } };
}

function timeField(field: GraphQLField<unknown, unknown>): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context, info) => {
    const times = running.getStore();
    if (!times) return resolve(source, args, context, info);
    const node = times.node(info.path);
    node.type = String(info.returnType);
    node.parentType = info.parentType.name;
    node.startTime = times.elapsed;
    if (node.responseName !== info.fieldName) node.originalFieldName = info.fieldName;
    return atEnd(
      () => resolve(source, args, context, info),
      () => {
        node.endTime = times.elapsed;
      },
    );
  };
}

function atEnd(work: () => unknown, ended: () => void): unknown {
  let isAsync = false;
  try {
    const value = work();
    isAsync = value instanceof Promise;
    return value instanceof Promise ? value.finally(ended) : value;
  } finally {
    if (!isAsync) ended();
  }
}

function nameOf({ prev, key }: Path): string {
  return prev ? `${nameOf(prev)}.${key}` : String(key);
}

function timestamp(date: Date): { seconds: number; nanos: number } {
  const ms = date.getTime();
  return { seconds: Math.floor(ms / 1_000), nanos: (ms % 1_000) * 1_000_000 };
}
