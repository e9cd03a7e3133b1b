import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { type CollectOptions, collectParts } from './collect-fields.js';
import {
  type Completion,
  cameFrom,
  type DeferredPlace,
  nothing,
  refuse,
  type Shaped,
  type ShapeObject,
  shapedBy,
} from './completion.js';
import { fittingKind, leafCheck } from './leaf-values.js';
import { type DataObject, isDataObject, isInherited, ownValue, setOwn } from './merge-data.js';

/** The value may not be null, and is: its parent is null instead. */
const INVALID = Symbol('invalid');

/** Makes of a value what the client is shown; null when there is nothing, INVALID when the parent has to be null. */
type Shape = (value: unknown, at: Completion) => unknown;

/** A field of an object as selected. */
interface FieldShape {
  name: string;
  isPlain: boolean;
  /** The `typeof` of values that are shown as they are; empty when there are none. */
  kind: string;
  read(value: unknown, at: Completion, object: DataObject): unknown;
}

/** Answers `__schema` and `__type` fields, by their names in the result. */
export type Introspected = ReadonlyMap<string, unknown>;

/**
 * Shapes what subgraphs said as the client selected it: aliases, order and nulls of GraphQL, October 2021, sections 6.4.3 and
 * 6.4.4. Everything that types and selections decide is worked out at the first use, once for all results.
 */
export class ResultShaper {
  private readonly shapeRoot: ShapeObject;

  constructor(
    private readonly options: CollectOptions,
    root: { type: GraphQLObjectType; selectionSet: SelectionSetNode },
    private readonly introspected: Introspected,
  ) {
    this.shapeRoot = this.objectShape(root.type, [root.selectionSet]);
  }

  /** The result's data. */
  shape(data: DataObject): Shaped {
    return shapedBy(this.shapeRoot, data, []);
  }

  private objectShape(type: GraphQLCompositeType, selectionSets: readonly SelectionSetNode[]): ShapeObject {
    const collected = collectParts(selectionSets, type, this.options);
    const fields = [...collected.fields].map(([name, nodes]) => this.fieldShape(type, name, nodes));
    const later = collected.deferred.map(({ label, selectionSet }) => ({
      label,
      shape: lazily(() => this.objectShape(type, [selectionSet])),
    }));
    return (data, at) => {
      const shaped: DataObject = {};
      const before = at.notes.length;
      for (const { name, isPlain, kind, read } of fields) {
        const given = data[name];
        // Most values are texts, of which nothing is to be asked.
        if (isPlain && typeof given === kind) {
          shaped[name] = given;
          continue;
        }
        const noted = at.notes.length;
        const value = read(isPlain ? given : ownValue(data, name), at, data);
        if (at.notes.length > noted) cameFrom(name, at, noted);
        if (value === INVALID) return nothing(at, before);
        if (isPlain) shaped[name] = value;
        else setOwn(shaped, name, value);
      }
      for (const { label, shape } of later) at.notes.push({ way: [], later: { label, object: data, shape } });
      return shaped;
    };
  }

  private fieldShape(type: GraphQLCompositeType, name: string, nodes: readonly FieldNode[]): FieldShape {
    // What an object inherits is not what a subgraph said.
    const isPlain = !isInherited(name);
    const fieldName = nodes[0]?.name.value ?? name;
    if (fieldName === '__typename') return { name, isPlain, kind: '', read: typenameShape(type, this.options.schema) };
    if (fieldName === '__schema' || fieldName === '__type') {
      return { name, isPlain, kind: '', read: () => this.introspected.get(name) ?? null };
    }
    const field: GraphQLField<unknown, unknown> | undefined =
      'getFields' in type ? type.getFields()[fieldName] : undefined;
    if (!field) throw new GraphQLError(`There is no field ${type.name}.${fieldName}`);
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const read = this.valueShape(field.type, selectionSets, `field ${type.name}.${fieldName}`);
    return { name, isPlain, kind: fittingKind(field.type), read };
  }

  private valueShape(type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[], what: string): Shape {
    if (isNonNullType(type)) {
      const shape = this.valueShape(getNullableType(type), selectionSets, what);
      return (value, at) => {
        const before = at.notes.length;
        const shaped = shape(value, at);
        if (shaped !== null) return shaped;
        if (at.notes.length === before) refuse(at, `Cannot return null for non-nullable ${what}.`);
        return INVALID;
      };
    }
    if (isListType(type)) return this.listShape(type.ofType, selectionSets, what);
    if (isLeafType(type)) return leafShape(leafCheck(type), what);
    if (isAbstractType(type)) return this.abstractShape(type, selectionSets, what);
    return objectValue(
      lazily(() => this.objectShape(type, selectionSets)),
      what,
    );
  }

  private listShape(type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[], what: string): Shape {
    const shape = this.valueShape(type, selectionSets, `item of ${what}`);
    return (value, at) => {
      if (value === null || value === undefined) return null;
      if (!Array.isArray(value)) return refuse(at, `Expected a list for ${what}.`);
      const shaped: unknown[] = new Array(value.length);
      const before = at.notes.length;
      let isInvalid = false;
      for (let index = 0; index < value.length; index++) {
        const noted = at.notes.length;
        const item = shape(value[index], at);
        if (at.notes.length > noted) cameFrom(index, at, noted);
        if (item === INVALID) isInvalid = true;
        shaped[index] = item;
      }
      return isInvalid ? nothing(at, before) : shaped;
    };
  }

  /** What a subgraph may say that knows an interface but not its types (`@interfaceObject`). */
  private interfacesWithin(type: GraphQLAbstractType): ReadonlySet<unknown> {
    if (!isInterfaceType(type)) return new Set();
    const { interfaces } = this.options.schema.getImplementations(type);
    return new Set([type, ...interfaces].map(({ name }) => name));
  }

  /** An object says of which type it is; one that does not is taken for the only one, or for what all have in common. */
  private abstractShape(type: GraphQLAbstractType, selectionSets: readonly SelectionSetNode[], what: string): Shape {
    const possible = new Map(
      this.options.schema
        .getPossibleTypes(type)
        .map((one) => [one.name, lazily(() => this.objectShape(one, selectionSets))]),
    );
    const interfaces = this.interfacesWithin(type);
    const [only, ...others] = possible.values();
    const common = others.length === 0 && only ? only : lazily(() => this.objectShape(type, selectionSets));
    return (value, at) => {
      if (value === null || value === undefined) return null;
      if (!isDataObject(value)) return refuse(at, `Expected an object for ${what}.`);
      const typename = ownValue(value, '__typename');
      if (typename === undefined || interfaces.has(typename)) return common(value, at);
      const shape = typeof typename === 'string' ? possible.get(typename) : undefined;
      return shape ? shape(value, at) : refuse(at, `Invalid __typename found for object at ${what}.`);
    };
  }
}

/** A part of the result that comes later. */
export function shapePart({ shape, object, path }: DeferredPlace): Shaped {
  return shapedBy(shape, object, path);
}

function lazily(make: () => ShapeObject): ShapeObject {
  let made: ShapeObject | undefined;
  return (data, at) => {
    made ??= make();
    return made(data, at);
  };
}

function objectValue(shape: ShapeObject, what: string): Shape {
  return (value, at) => {
    if (value === null || value === undefined) return null;
    return isDataObject(value) ? shape(value, at) : refuse(at, `Expected an object for ${what}.`);
  };
}

function leafShape(check: ((value: unknown) => boolean) | null, what: string): Shape {
  return (value, at) => {
    if (value === null || value === undefined) return null;
    return check === null || check(value) ? value : refuse(at, `Invalid value found for ${what}.`);
  };
}

/** @param schema tells types of objects from interfaces, of which no object is */
function typenameShape(type: GraphQLCompositeType, schema: GraphQLSchema): FieldShape['read'] {
  if (isObjectType(type)) return () => type.name;
  return (value, at, object) => {
    const typename = value ?? ownValue(object, '__typename');
    if (typeof typename === 'string' && isObjectType(schema.getType(typename))) return typename;
    refuse(at, `Nothing says which ${type.name} this is.`);
    return INVALID;
  };
}
