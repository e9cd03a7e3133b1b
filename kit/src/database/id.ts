import { v7, validate } from 'uuid';

/** A new id: UUIDv7, monotonic within this process, so that fresh rows lie together in an index. */
export function newId(): string {
  return v7();
}

/** Can this text be an id at all? What cannot is not looked up. */
export function isId(text: string): boolean {
  return validate(text);
}
