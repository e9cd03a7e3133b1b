import { type OpenAI, toFile } from 'openai';
import { z } from 'zod';

/** A file with speech in it. */
export interface SpokenFile {
  bytes: Uint8Array;
  /** Such as `audio/webm`. */
  contentType: string;
  /** With the ending by which the provider knows what it is, such as `answer.webm`. */
  name: string;
}

/** How speech is to be written down. */
export interface TranscriptionOptions {
  /** ISO 639-1; the provider finds out itself without it. */
  language?: string | undefined;
  /** Words in whose style it is written down: with hesitations in it, they are not left out. */
  prompt?: string | undefined;
}

/** A part of what was said, in seconds from the beginning. */
export interface SpokenPart {
  text: string;
  startsAt: number;
  endsAt: number;
}

/** What was said. */
export interface Transcription {
  text: string;
  /** As the provider names it: `en` or `english`; null where it does not. */
  language: string | null;
  /** Seconds of the whole recording. */
  duration: number;
  /** Empty where the provider does not say when each word was spoken. */
  words: SpokenPart[];
  segments: SpokenPart[];
}

/** Formats of files in which speech can be had. */
export type SpeechFormat = 'mp3' | 'opus' | 'aac' | 'flac' | 'wav';

/** How a text is to be spoken. */
export interface SpeechOptions {
  voice: string;
  format: SpeechFormat;
}

/** A spoken text. */
export interface Speech {
  bytes: Uint8Array;
  contentType: string;
}

const CONTENT_TYPES: Readonly<Record<SpeechFormat, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
};
/** More than any answer to a file of 25 MB, or to 4,096 characters, has. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PARTS = 200_000;

const seconds = z.number().min(0);
const part = { start: seconds, end: seconds };
const transcription = z.object({
  text: z.string().max(2_000_000),
  language: z.string().nullish(),
  duration: z.coerce.number().min(0),
  words: z
    .array(z.object({ word: z.string(), ...part }))
    .max(MOST_PARTS)
    .nullish(),
  segments: z
    .array(z.object({ text: z.string(), ...part }))
    .max(MOST_PARTS)
    .nullish(),
});

/** Writes down what is said in a file, in one call. */
export async function transcribe(
  client: OpenAI,
  model: string,
  { bytes, name, contentType: type }: SpokenFile,
  options: TranscriptionOptions,
  signal: AbortSignal,
): Promise<Transcription> {
  const { language, prompt } = options;
  const file = await toFile(bytes, name, { type });
  const request = {
    file,
    model,
    ...(language && { language }),
    ...(prompt && { prompt }),
    response_format: 'verbose_json' as const,
    timestamp_granularities: ['word' as const, 'segment' as const],
  };
  const response = await client.audio.transcriptions.create(request, { signal }).asResponse();
  const read = transcription.parse(JSON.parse(Buffer.from(await readAtMost(response)).toString('utf8')));
  return {
    text: read.text.trim(),
    language: read.language ?? null,
    duration: read.duration,
    words: (read.words ?? []).map(({ word, start, end }) => spoken(word, start, end)),
    segments: (read.segments ?? []).map(({ text, start, end }) => spoken(text, start, end)),
  };
}

/** Speaks a text, in one call. */
export async function speak(
  client: OpenAI,
  model: string,
  input: string,
  { voice, format }: SpeechOptions,
  signal: AbortSignal,
): Promise<Speech> {
  const request = { model, input, voice, response_format: format };
  const response = await client.audio.speech.create(request, { signal });
  const type = response.headers.get('content-type') ?? '';
  // Compatible servers may not know what they made; one that says it is something else did not make it.
  if (!/^(audio\/|application\/(octet-stream|ogg))/.test(type)) {
    await response.body?.cancel();
    throw new SyntaxError('the answer is no audio');
  }
  const bytes = await readAtMost(response);
  if (bytes.byteLength === 0) throw new SyntaxError('the answer is empty');
  return { bytes, contentType: CONTENT_TYPES[format] };
}

/** Times of a compatible server may run backwards by a little. */
function spoken(text: string, start: number, end: number): SpokenPart {
  return { text: text.trim(), startsAt: start, endsAt: Math.max(start, end) };
}

async function readAtMost(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new SyntaxError('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
