import { createHash } from 'node:crypto';
import { z } from 'zod';

/** So many at the top a model is asked about. */
export const RE_RANKED = 20;
/** A model moves nobody by more places than this, whatever a profile talks it into. */
export const MOST_PLACES = 3;

/**
 * What a model must answer: each label once, in its order.
 *
 * @param count how many candidates it was told
 */
export function reRankingAnswer(count: number) {
  const labels = new Set(Array.from({ length: count }, (_, place) => labelOf(place)));
  return z.object({
    order: z
      .array(z.string())
      .refine((order) => order.length === labels.size && new Set(order).size === order.length, 'each candidate once')
      .refine((order) => order.every((label) => labels.has(label)), 'no others than were told'),
  });
}

/** By what a candidate is called towards the model, which learns no ids. @param place 0 at the top */
export function labelOf(place: number): string {
  return `T${place + 1}`;
}

/** The places that labels stand for. */
export function placesOf(order: readonly string[]): number[] {
  return order.map((label) => Number(label.slice(1)) - 1);
}

/** Is this each place of a list of `count` once? What is kept is believed no more than what is answered. */
export function isPermutation(places: readonly number[], count: number): boolean {
  return (
    places.length === count &&
    new Set(places).size === count &&
    places.every((place) => Number.isInteger(place) && place >= 0 && place < count)
  );
}

/**
 * The ranking's order and the model's, half and half: everybody moves half as far as the model would have it, and so by
 * {@link MOST_PLACES} at most.
 *
 * @param ranked as the ranking has them
 * @param places what the model answered, a permutation
 * @param kept who may not be moved up: profiles that speak to the model
 */
export function blend<Item>(ranked: readonly Item[], places: readonly number[], kept: ReadonlySet<number>): Item[] {
  const wanted = new Map(places.map((place, position) => [place, position]));
  return ranked
    .map((item, place) => {
      const half = ((wanted.get(place) ?? place) - place) / 2;
      // Keys that differ from places by half of it at most change places by all of it at most.
      const bounded = Math.max(-MOST_PLACES / 2, Math.min(MOST_PLACES / 2, half));
      return { item, place, key: place + (kept.has(place) ? Math.max(0, bounded) : bounded) };
    })
    .sort((a, b) => a.key - b.key || a.place - b.place)
    .map(({ item }) => item);
}

/** The key under which an answer is kept. */
export function reRankingKey(model: string, told: string): string {
  return createHash('sha256').update(model).update('\0').update(told).digest('base64url');
}
