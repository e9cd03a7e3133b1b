import { z } from 'zod';
import { languageCodes } from './language-codes.js';

/** Whom lessons are for. */
export const levels = ['PRIMARY_SCHOOL', 'SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'] as const;
/** @see levels */
export type Level = (typeof levels)[number];

/** Where lessons take place. */
export const lessonFormats = ['ONLINE', 'IN_PERSON'] as const;
/** @see lessonFormats */
export type LessonFormat = (typeof lessonFormats)[number];

/** A list without repetitions. */
function distinct<Item extends string>(items: readonly [Item, ...Item[]] | readonly Item[], most: number) {
  return z
    .array(z.enum(items as readonly [Item, ...Item[]]))
    .min(1)
    .max(most)
    .transform((chosen) => [...new Set(chosen)]);
}

/** One level. */
export const level = z.enum(levels);
/** Levels of an offering, each once. */
export const levelList = distinct(levels, levels.length * 2);
/** One format. */
export const lessonFormat = z.enum(lessonFormats);
/** Formats of a tutor, each once. */
export const lessonFormatList = distinct(lessonFormats, lessonFormats.length * 2);
/** Languages in which somebody teaches, each once. */
export const languageList = distinct(languageCodes, 10);

/** Texts that PostgreSQL can hold: all but those with the one character that ends a string in C. */
const isStorable = (value: string): boolean => !value.includes('\0');

/** A text of one line, say, without blanks around it. */
export const text = (least: number, most: number) => z.string().trim().min(least).max(most).refine(isStorable);
/** The name of a city. */
export const city = text(1, 100);
/** An id in an input; one that is none finds nothing, as one that nobody has. */
export const reference = z.string().max(100);
/** A text of several lines; nothing but blanks means none. */
export const longText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(isStorable)
    .transform((value) => value || null);
