import { GraphQLError } from 'graphql';
import type { DataObject } from './merge-data.js';

/** What is noted while a result is shaped. */
export interface Completion {
  notes: Note[];
}

/** Something of one place in the result. Notes are few: the way to their place is put together on the way back from it. */
interface Note {
  /** The way to the place, backwards. */
  way: (string | number)[];
  /** What is wrong with what a subgraph gave. */
  message?: string;
  /** A part of the object that comes later. */
  later?: Pick<DeferredPlace, 'label' | 'object' | 'shape'>;
}

/** An object of which a part comes later. */
export interface DeferredPlace {
  label: string;
  path: readonly (string | number)[];
  object: DataObject;
  shape: ShapeObject;
}

/** What became of data. */
export interface Shaped {
  /** Null when what may not be null is, at the top. */
  data: DataObject | null;
  errors: GraphQLError[];
  deferred: readonly DeferredPlace[];
}

/** Shapes objects of one type as selected. */
export type ShapeObject = (data: DataObject, at: Completion) => DataObject | null;

/** Shapes an object of the result. @param path where in the result it is */
export function shapedBy(shape: ShapeObject, object: DataObject, path: readonly (string | number)[]): Shaped {
  const at: Completion = { notes: [] };
  const data = shape(object, at);
  const errors: GraphQLError[] = [];
  const deferred: DeferredPlace[] = [];
  for (const { way, message, later } of at.notes) {
    const place = [...path, ...way.reverse()];
    if (later) deferred.push({ ...later, path: place });
    if (message !== undefined) errors.push(refusal(message, place));
  }
  return { data, errors, deferred };
}

/** The notes since then are of something below a field or item. */
export function cameFrom(step: string | number, { notes }: Completion, since: number): void {
  for (let index = since; index < notes.length; index++) notes[index]?.way.push(step);
}

/** Of an object or list that is null nothing comes later; what is wrong with it stays. */
export function nothing({ notes }: Completion, since: number): null {
  for (const note of notes.splice(since)) if (note.message !== undefined) notes.push(note);
  return null;
}

/** Notes what is wrong with a value, which is null therefore. */
export function refuse(at: Completion, message: string): null {
  at.notes.push({ way: [], message });
  return null;
}

function refusal(message: string, path: (string | number)[]): GraphQLError {
  return new GraphQLError(message, { path, extensions: { code: 'INCOMPLETE_RESULT' } });
}
