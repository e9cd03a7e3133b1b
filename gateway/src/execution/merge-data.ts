/** An object of an answer. */
export type DataObject = Record<string, unknown>;

/**
 * Adds what a subgraph said of an object to what others said before; `from` is left as it was, but parts of it become
 * parts of `into`. Lists of the same length are merged item by item.
 */
export function mergeData(into: DataObject, from: DataObject): void {
  for (const key of Object.keys(from)) {
    const value = from[key];
    if (value === undefined) continue;
    const present = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isDataObject(present) && isDataObject(value)) mergeData(present, value);
    else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) {
      mergeLists(present, value);
    } else setOwn(into, key, value);
  }
}

function mergeLists(into: unknown[], from: readonly unknown[]): void {
  for (const [index, value] of from.entries()) {
    const present = into[index];
    if (isDataObject(present) && isDataObject(value)) mergeData(present, value);
    else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) {
      mergeLists(present, value);
    } else into[index] = value;
  }
}

/** Is it an object with fields? */
export function isDataObject(value: unknown): value is DataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Is a name one that every object has something under, which no subgraph has said? Others are read and set plainly. */
export function isInherited(name: string): boolean {
  return INHERITED.has(name);
}

/** A field that the object itself has; a plain object also has what all objects inherit. */
export function ownValue(object: DataObject, key: string): unknown {
  const value = object[key];
  return value === undefined || Object.hasOwn(object, key) ? value : undefined;
}

/** Sets a field, whatever it is called: `__proto__` is an alias like any other. */
export function setOwn(object: DataObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
