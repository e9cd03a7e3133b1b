import { LocalEmbedder } from '@tutorgraph/kit/ai/local-embedder';
import { readShippedKnowledge, type ShippedEntry } from './shipped-knowledge.js';
import { SYNONYMS } from './synonyms.js';

/** The knowledge that comes with the program, and the local embedder that has learnt from it which words are rare. */
export interface LocalKnowledge {
  entries: readonly ShippedEntry[];
  embedder: LocalEmbedder;
}

let loading: Promise<LocalKnowledge> | undefined;

/** Reads it at the first use, once for the process. */
export function localKnowledge(): Promise<LocalKnowledge> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LocalKnowledge> {
  const entries = await readShippedKnowledge();
  const corpus = entries.map(({ title, body }) => `${title}\n${body}`);
  return { entries, embedder: new LocalEmbedder({ synonyms: SYNONYMS, corpus }) };
}

/** The text by which a chunk is embedded: the heading twice, since it says what all of it is about. */
export function embeddedText({ heading, text }: { heading: string; text: string }): string {
  return `${heading}\n${heading}\n${text}`;
}
