import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { KnowledgeKind, KnowledgeLanguage } from './knowledge.rules.js';

/** Files of the knowledge that the school begins with. */
export const SHIPPED_KNOWLEDGE = new URL('../../data/knowledge/', import.meta.url);

/** An entry in one language as its file says it. */
export interface ShippedEntry {
  slug: string;
  kind: KnowledgeKind;
  language: KnowledgeLanguage;
  title: string;
  body: string;
  /** Tells whether the file has changed. */
  hash: string;
}

/** The entry's id, the same in every installation: what is made up for a demonstration may refer to it. */
export function shippedId({ slug, language }: Pick<ShippedEntry, 'slug' | 'language'>): string {
  const digest = createHash('sha256').update(`knowledge ${slug} ${language}`).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

/** Reads all files: a folder a topic, a file an entry with its languages one after the other, `# ru: Title` above each. */
export async function readShippedKnowledge(folder = SHIPPED_KNOWLEDGE): Promise<ShippedEntry[]> {
  const topics = await readdir(folder, { withFileTypes: true });
  const folders = topics.filter((topic) => topic.isDirectory()).map(({ name }) => name);
  const entries = await Promise.all(folders.sort().map((topic) => readTopic(folder, topic)));
  return entries.flat();
}

async function readTopic(folder: URL, topic: string): Promise<ShippedEntry[]> {
  const kind = topic === 'faq' ? 'FAQ' : 'GRAMMAR_RULE';
  const names = (await readdir(new URL(`${topic}/`, folder))).filter((name) => name.endsWith('.md')).sort();
  const files = names.map(async (name) => {
    const text = await readFile(new URL(`${topic}/${name}`, folder), 'utf8');
    return parseEntry(name.replace(/\.md$/, ''), kind, text);
  });
  return (await Promise.all(files)).flat();
}

/** @throws Error when a file has no language or one twice */
export function parseEntry(slug: string, kind: KnowledgeKind, text: string): ShippedEntry[] {
  const [before = '', ...parts] = text.split(/^# (?=(?:en|ru): )/m);
  const entries = parts.map((part): ShippedEntry => {
    const [heading = '', ...rest] = part.split('\n');
    const language = heading.startsWith('ru') ? 'ru' : 'en';
    const title = heading.slice('en: '.length).trim();
    const body = rest.join('\n').trim();
    const hash = createHash('sha256')
      .update(JSON.stringify([kind, title, body]))
      .digest('hex');
    return { slug, kind, language, title, body, hash };
  });
  if (before.trim() || entries.length === 0 || new Set(entries.map((each) => each.language)).size < entries.length) {
    throw new Error(`${slug}.md must consist of "# en: Title" and "# ru: Title", each once with its text below`);
  }
  return entries;
}
