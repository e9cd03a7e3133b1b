import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { newCourse } from '../courses/course.rules.js';
import { type EnglishEdit, englishEditKinds } from '../english/english-check.js';
import { criterionAspects, newHomework } from '../homework/homework.rules.js';
import { annotationKinds } from '../homework-review/review.rules.js';
import { lessonKinds } from '../lessons/lesson.rules.js';
import { newQuestion } from '../questions/question.rules.js';

/** A folder a course: `course.json` says what is in it, each lesson is a Markdown file, beside it its test and homework. */
const FOLDER = new URL('../../data/courses/', import.meta.url);

const lessonEntry = z.strictObject({
  file: z.string(),
  kind: z.enum(lessonKinds),
  minutes: z.int(),
  video: z.url().nullable().default(null),
  preview: z.boolean().default(false),
  optional: z.boolean().default(false),
  /** Files of lessons that must be completed first. */
  after: z.array(z.string()).default([]),
});

const criterion = z.object({
  title: z.string(),
  aspect: z.enum(criterionAspects),
  points: z.int(),
  levels: z.array(z.object({ points: z.int(), description: z.string() })),
});

const courseFile = newCourse.extend({
  rubrics: z.record(z.string(), z.array(criterion)),
  modules: z.array(z.strictObject({ title: z.string(), description: z.string(), lessons: z.array(lessonEntry) })),
});

const testFile = z.strictObject({
  bank: z.string(),
  passingPercent: z.int(),
  timeLimitMinutes: z.int(),
  maxAttempts: z.int().nullable().default(null),
  retakePauseMinutes: z.int(),
  questions: z.array(newQuestion),
});

/** How well somebody writes. */
export const sampleLevels = ['strong', 'middling', 'weak'] as const;
/** @see sampleLevels */
export type SampleLevel = (typeof sampleLevels)[number];

const sample = z.strictObject({
  level: z.enum(sampleLevels),
  text: z.string(),
  /** One for each criterion. */
  scores: z.array(z.int()),
  feedback: z.string(),
  /** What a curator notes in the text; the quote is in it once. */
  notes: z.array(z.strictObject({ quote: z.string(), kind: z.enum(annotationKinds), comment: z.string() })).default([]),
});

const edit = z.strictObject({
  start: z.int(),
  end: z.int(),
  original: z.string(),
  replacement: z.string(),
  suggestions: z.array(z.string()),
  kind: z.enum(englishEditKinds),
  explanation: z.string(),
  confidence: z.number(),
  source: z.enum(['harper', 'rules']),
});

/** What the checker of English found in each sample; written by `tools/build-demo-edits.ts`. */
const editsFile = z.record(z.string(), z.strictObject({ checker: z.string(), edits: z.array(edit) }));
type EditsFile = z.output<typeof editsFile>;
const UNCHECKED = { checker: null, edits: [] };

const homeworkFile = z.object({ rubric: z.string(), samples: z.array(sample) });

/** A test as its file says. */
export type TestFile = z.output<typeof testFile>;
/** What somebody might hand in, and what a curator says of it. */
export type Sample = z.output<typeof sample> & {
  /** What found mistakes in it, and which; null before it has looked. */
  checker: string | null;
  edits: readonly EnglishEdit[];
};

/** Homework as its file says. */
export interface HomeworkFile extends Omit<z.output<typeof newHomework>, 'lessonId'> {
  samples: readonly Sample[];
}

/** A lesson as its files say. */
export interface LessonFile extends z.output<typeof lessonEntry> {
  title: string;
  body: string;
  test: TestFile | null;
  homework: HomeworkFile | null;
}

/** A course as its folder says. */
export interface CourseFile extends Omit<z.output<typeof courseFile>, 'rubrics' | 'modules'> {
  modules: readonly { title: string; description: string; lessons: readonly LessonFile[] }[];
}

const templates = z.array(z.strictObject({ title: z.string(), text: z.string() }));

/** What the school's curators say again and again. @throws ZodError when the file is not as it must be */
export async function readCommentTemplates(): Promise<z.output<typeof templates>> {
  return templates.parse(await readJson(new URL('../homework/comment-templates.json', FOLDER)));
}

/** Every course of the data folder, in the order of their folders. @throws ZodError when a file is not as it must be */
export async function readCourses(): Promise<CourseFile[]> {
  const names = (await readdir(FOLDER)).sort();
  const edits = editsFile.parse(await readJson(new URL('../homework/edits.json', FOLDER)));
  return Promise.all(names.map((name) => readCourse(new URL(`${name}/`, FOLDER), edits)));
}

/** By what the edits of a sample are found. */
export function sampleKey(slug: string, file: string, level: SampleLevel): string {
  return `${slug}/${file}/${level}`;
}

async function readCourse(folder: URL, edits: EditsFile): Promise<CourseFile> {
  const { rubrics, modules, ...course } = courseFile.parse(await readJson(new URL('course.json', folder)));
  const files = new Set(await readdir(folder));
  const read = async (entry: z.output<typeof lessonEntry>): Promise<LessonFile> => {
    const [test, homework] = ['test', 'homework'].map((part) => {
      const name = `${entry.file}.${part}.json`;
      return files.has(name) ? readJson(new URL(name, folder)) : null;
    });
    return {
      ...entry,
      ...titled(await readFile(new URL(`${entry.file}.md`, folder), 'utf8')),
      test: testFile.nullable().parse(await test),
      homework: homeworkOf(await homework, rubrics, (level) => edits[sampleKey(course.slug, entry.file, level)]),
    };
  };
  const filled = modules.map(async (module) => ({ ...module, lessons: await Promise.all(module.lessons.map(read)) }));
  return { ...course, modules: await Promise.all(filled) };
}

function homeworkOf(
  content: unknown,
  rubrics: z.output<typeof courseFile>['rubrics'],
  editsOf: (level: SampleLevel) => EditsFile[string] | undefined,
): HomeworkFile | null {
  if (content === null || content === undefined) return null;
  const { rubric, samples } = homeworkFile.parse(content);
  const { lessonId: _, ...homework } = newHomework.parse({ ...content, rubric: rubrics[rubric], lessonId: '' });
  return { ...homework, samples: samples.map((one) => ({ ...one, ...(editsOf(one.level) ?? UNCHECKED) })) };
}

/** The first line of a text is its title. */
function titled(markdown: string): { title: string; body: string } {
  const [first = '', ...rest] = markdown.split('\n');
  return { title: first.replace(/^#\s*/, '').trim(), body: rest.join('\n').trim() };
}

async function readJson(url: URL): Promise<unknown> {
  return JSON.parse(await readFile(url, 'utf8'));
}
