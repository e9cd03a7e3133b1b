import { createHash } from 'node:crypto';
import { plain } from '../../moderation/rules/folding.js';

/**
 * Texts that are nearly the same, found by MinHash with banding (Broder 1997; Leskovec et al., Mining of Massive
 * Datasets, 3.4): 20 bands of 2 hashes meet in one band at least with a probability of 0.997 for texts half of whose
 * shingles are the same, and of 0.18 for a tenth.
 */
const BANDS = 20;
const ROWS = 2;
const SHINGLE = 3;
/** Shorter texts are alike without anybody having copied them. */
const LEAST_WORDS = 8;
const PRIME = 4_294_967_291n;

/** Three words after one another, wherever they stand in a text. */
export function shingles(text: string): Set<string> {
  const words = plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < LEAST_WORDS) return new Set();
  return new Set(words.slice(0, 1 - SHINGLE).map((_, index) => words.slice(index, index + SHINGLE).join(' ')));
}

/** By which a text finds those that are nearly the same: one number a band; null for a text that is too short. */
export function sketchOf(text: string | null | undefined): number[] | null {
  const hashes = [...shingles(text ?? '')].map(hash32);
  if (hashes.length === 0) return null;
  const least = permutations.map(([factor, addend]) =>
    hashes.reduce((smallest, value) => {
      const permuted = (factor * BigInt(value) + addend) % PRIME;
      return permuted < smallest ? permuted : smallest;
    }, PRIME),
  );
  return Array.from(
    { length: BANDS },
    (_, band) => hash32(`${band}:${least.slice(band * ROWS, (band + 1) * ROWS).join()}`) | 0,
  );
}

/** Which share of the shingles of both texts is in both, 0 to 1. */
export function likeness(one: string, other: string): number {
  const [first, second] = [shingles(one), shingles(other)];
  const common = [...first].filter((shingle) => second.has(shingle)).length;
  return common === 0 ? 0 : common / (first.size + second.size - common);
}

function hash32(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32LE(0);
}

/** The same for ever: sketches that are kept must be found by those that are made later. */
const permutations = Array.from({ length: BANDS * ROWS }, (_, index) => {
  const digest = createHash('sha1').update(`permutation ${index}`).digest();
  return [BigInt(digest.readUInt32LE(0)) | 1n, BigInt(digest.readUInt32LE(4))] as const;
});
