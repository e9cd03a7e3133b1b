import { toSql } from 'pgvector';

/** A model gave vectors of another length than those that are stored of it. */
export class WrongDimensionsError extends Error {
  override readonly name = 'WrongDimensionsError';

  constructor(model: string, wanted: number, given: number) {
    super(
      `${model} gave vectors of ${given} dimensions instead of ${wanted}; another model answers under its name, whose vectors are made anew within the hour`,
    );
  }
}

/**
 * A vector as it is stored: of length 1, as text. Null for zeros, which stand for a text without words and are near to nothing.
 *
 * @throws WrongDimensionsError
 */
export function storable(
  vector: readonly number[],
  { id, dimensions }: { id: string; dimensions: number },
): string | null {
  if (vector.length !== dimensions) throw new WrongDimensionsError(id, dimensions, vector.length);
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return null;
  const length = Math.sqrt(squares);
  return vectorText(vector.map((value) => value / length));
}

/** A vector as PostgreSQL reads it. Half precision has no more digits than these that matter. */
export function vectorText(vector: readonly number[]): string {
  return toSql(vector.map((value) => Math.round(value * 1e6) / 1e6)) ?? '[]';
}

/** A vector as PostgreSQL writes it. */
export function readVector(text: string): number[] {
  return JSON.parse(text) as number[];
}
