import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { Sharp, default as SharpFunction } from 'sharp';
import type { FinalRefusal } from './upload.rules.js';

/** More than any camera that people have takes; a small file may claim to be larger and eat the memory. */
const MOST_PIXELS = 64_000_000;
const WITHIN_SECONDS = 20;
const QUALITY = 85;

/** An image that was decoded and encoded anew: nothing of the file but its picture is in it. */
export interface CleanImage {
  body: Uint8Array;
  contentType: string;
}

let loading: Promise<typeof SharpFunction> | undefined;

/** The native library is loaded when the first image comes, and decodes nothing but what we take. */
function loadSharp(): Promise<typeof SharpFunction> {
  loading ??= importSharp();
  return loading;
}

async function importSharp(): Promise<typeof SharpFunction> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
  sharp.cache(false);
  return sharp;
}

/**
 * Cuts squares out of an image's middle, upright and without metadata, as WebP.
 *
 * @returns one image for each side, in pixels
 * @throws Refusal FILE_DAMAGED or IMAGE_TOO_LARGE
 */
export async function squareImages(bytes: Uint8Array, sides: readonly number[]): Promise<CleanImage[]> {
  const sharp = await loadSharp();
  return decoding(async () => {
    const largest = Math.max(...sides);
    const image = await open(bytes);
    const square = image.resize(largest, largest, { fit: 'cover' });
    // Decoded once; the smaller ones are made of the largest.
    const { data, info: raw } = await square.raw().toBuffer({ resolveWithObject: true });
    return Promise.all(
      sides.map(async (side) => {
        const body = await sharp(data, { raw }).resize(side, side).webp({ quality: QUALITY }).toBuffer();
        return { body, contentType: 'image/webp' };
      }),
    );
  });
}

/**
 * Encodes an image anew in its own format, upright, without metadata and with at most so many pixels a side.
 *
 * @throws Refusal FILE_DAMAGED or IMAGE_TOO_LARGE
 */
export async function cleanImage(bytes: Uint8Array, contentType: string, longestSide: number): Promise<CleanImage> {
  return decoding(async () => {
    const image = await open(bytes);
    const fitting = image.resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true });
    return { body: await encoded(fitting, contentType).toBuffer(), contentType };
  });
}

function encoded(image: Sharp, contentType: string): Sharp {
  if (contentType === 'image/png') return image.png();
  return contentType === 'image/webp' ? image.webp({ quality: QUALITY }) : image.jpeg({ quality: QUALITY });
}

async function open(bytes: Uint8Array): Promise<Sharp> {
  const sharp = await loadSharp();
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > MOST_PIXELS) throw new Refusal<FinalRefusal>('IMAGE_TOO_LARGE');
  // Warnings are not enough to refuse: the files of many phones give some.
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .autoOrient()
    .timeout({ seconds: WITHIN_SECONDS });
}

async function decoding<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal<FinalRefusal>('FILE_DAMAGED');
  }
}
