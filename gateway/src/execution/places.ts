import { type DataObject, isDataObject, isInherited, ownValue } from './merge-data.js';

/** Objects of a result to which something is to be added, and the way to them: names, and `@` for every item of a list. */
export interface Places {
  path: readonly string[];
  objects: readonly DataObject[];
}

type Path = readonly (string | number)[];

/** Goes on from places along a path; what is null on the way leads to no place. */
export function placesAt(from: Places, path: readonly string[]): Places {
  let values: readonly unknown[] = from.objects;
  for (const element of path) values = element === '@' ? itemsOf(values) : fieldsOf(values, element);
  return { path: [...from.path, ...path], objects: values.filter(isDataObject) };
}

function itemsOf(values: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  for (const value of values) {
    if (!Array.isArray(value)) found.push(value);
    else for (const item of value) found.push(item);
  }
  return found;
}

function fieldsOf(values: readonly unknown[], name: string): unknown[] {
  const found: unknown[] = [];
  const isPlain = !isInherited(name);
  for (const value of values) {
    if (!isDataObject(value)) continue;
    const field = isPlain ? value[name] : ownValue(value, name);
    if (field !== undefined && field !== null) found.push(field);
  }
  return found;
}

/** The paths of all places in a result, in the order of their objects. */
export function pathsOf(result: DataObject, { path }: Places): Path[] {
  let found: { value: unknown; path: Path }[] = [{ value: result, path: [] }];
  for (const element of path) {
    found = found.flatMap(({ value, path: before }) => {
      if (element === '@') {
        return Array.isArray(value) ? value.map((item, index) => ({ value: item, path: [...before, index] })) : [];
      }
      const field = isDataObject(value) ? ownValue(value, element) : undefined;
      return field === undefined || field === null ? [] : [{ value: field, path: [...before, element] }];
    });
  }
  return found.filter(({ value }) => isDataObject(value)).map((one) => one.path);
}
