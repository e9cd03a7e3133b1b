import { APIConnectionError, APIConnectionTimeoutError, APIError, OpenAI } from 'openai';
import { z } from 'zod';
import type { Failure } from './failure.js';
import {
  type Speech,
  type SpeechOptions,
  type SpokenFile,
  speak,
  type Transcription,
  type TranscriptionOptions,
  transcribe,
} from './openai-audio.js';

/** Where the provider is. */
export interface ProviderOptions {
  apiKey: string;
  /** Any OpenAI-compatible server. @default OpenAI itself */
  baseUrl?: string | undefined;
}

/** A question that must be answered by JSON of a shape. */
export interface StructuredQuestion {
  /** Letters, digits, `_` and `-`. */
  name: string;
  instructions: string;
  input: string;
  jsonSchema: Record<string, unknown>;
}

/** A question that is answered in words. */
export interface OpenQuestion {
  instructions: string;
  input: string;
  /** Most tokens of the answer. @default 700 */
  maxTokens?: number;
}

/** What a text was found to be. */
export interface Moderation {
  flagged: boolean;
  /** Names of the categories that apply. */
  categories: string[];
  /** How sure the model is of each category, applying or not, from 0 to 1; empty where a server does not say. */
  scores: Readonly<Record<string, number>>;
}

const embeddings = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()).min(1) })),
});
const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
const piece = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
});
const moderations = z.object({
  results: z.array(
    z.object({
      flagged: z.boolean(),
      categories: z.record(z.string(), z.boolean()),
      category_scores: z.record(z.string(), z.number()).default({}),
    }),
  ),
});

/** One HTTP call each, no retries; answers are checked, for compatible servers differ. */
export class OpenAiProvider {
  private readonly client: OpenAI;

  constructor({ apiKey, baseUrl }: ProviderOptions) {
    this.client = new OpenAI({ apiKey, ...(baseUrl && { baseURL: baseUrl }), maxRetries: 0, logLevel: 'off' });
  }

  /** One vector a text, in the texts' order. */
  async embed(model: string, texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    // Without the format the SDK asks for base64, which not every compatible server knows.
    const request = { model, input: [...texts], encoding_format: 'float' as const };
    const { data } = embeddings.parse(await this.client.embeddings.create(request, { signal }));
    const vectors = data.sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    if (vectors.length !== texts.length || vectors.some(({ length }) => length !== vectors[0]?.length)) {
      throw new SyntaxError('not one vector of the same length for each text');
    }
    return vectors;
  }

  /** The model's answer as text; it should be JSON of the schema. */
  async answer(model: string, question: StructuredQuestion, signal: AbortSignal): Promise<string> {
    const { name, instructions, input, jsonSchema } = question;
    const answer = await this.client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: input },
        ],
        response_format: { type: 'json_schema', json_schema: { name, schema: jsonSchema, strict: true } },
      },
      { signal },
    );
    return completion.parse(answer).choices[0]?.message.content ?? '';
  }

  /**
   * The model's answer as it is written; resolves once the provider has begun to answer. The pieces end with an error unless the
   * provider said that the answer is complete.
   */
  async open(model: string, question: OpenQuestion, signal: AbortSignal): Promise<AsyncIterable<string>> {
    const { instructions, input, maxTokens = 700 } = question;
    const answer = await this.client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: input },
        ],
        max_tokens: maxTokens,
        stream: true,
      },
      { signal },
    );
    return piecesOf(answer);
  }

  /** What is said in a file. */
  transcribe(
    model: string,
    file: SpokenFile,
    options: TranscriptionOptions,
    signal: AbortSignal,
  ): Promise<Transcription> {
    return transcribe(this.client, model, file, options, signal);
  }

  /** A text, spoken. */
  speak(model: string, text: string, options: SpeechOptions, signal: AbortSignal): Promise<Speech> {
    return speak(this.client, model, text, options, signal);
  }

  /** One finding a text, in the texts' order. */
  async moderate(model: string, texts: readonly string[], signal: AbortSignal): Promise<Moderation[]> {
    const answer = await this.client.moderations.create({ model, input: [...texts] }, { signal });
    const { results } = moderations.parse(answer);
    if (results.length !== texts.length) throw new SyntaxError('not one finding for each text');
    return results.map(({ flagged, categories, category_scores: scores }) => ({
      flagged,
      categories: Object.keys(categories).filter((name) => categories[name]),
      scores,
    }));
  }
}

async function* piecesOf(answer: AsyncIterable<unknown>): AsyncGenerator<string, void, void> {
  let isComplete = false;
  for await (const chunk of answer) {
    const [choice] = piece.parse(chunk).choices;
    if (choice?.delta.content) yield choice.delta.content;
    if (choice?.finish_reason) isComplete = choice.finish_reason === 'stop';
  }
  // A connection that ends early ends the SDK's stream as if nothing were amiss.
  if (!isComplete) throw new CutAnswerError();
}

/** The answer ended in the middle: the connection broke, or the provider cut it. */
class CutAnswerError extends Error {
  override readonly name = 'CutAnswerError';
}

/** What an error of the provider means for further tries. */
export function readFailure(error: unknown): Failure {
  if (error instanceof APIConnectionTimeoutError) return outage('timeout');
  if (error instanceof APIConnectionError) return outage('connection');
  if (error instanceof APIError && typeof error.status === 'number') return readStatus(error.status, error.headers);
  if (error instanceof SyntaxError || error instanceof z.ZodError) {
    return { reason: 'wrong answer', isRetryable: true, isOutage: false };
  }
  // A connection that breaks while the answer is read is not wrapped by the SDK.
  return outage('connection');
}

function outage(reason: Failure['reason']): Failure {
  return { reason, isRetryable: true, isOutage: true };
}

function readStatus(status: number, headers: Headers | undefined): Failure {
  const retryAfterMs = readRetryAfter(headers);
  const more = { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  if (status === 429) return { ...outage('rate limit'), ...more };
  if (status === 408 || status === 504) return { ...outage('timeout'), ...more };
  if (status >= 500) return { ...outage('server fault'), ...more };
  // A key that is not accepted now will not be in a moment either, for any question.
  return { reason: 'refused', isRetryable: false, isOutage: status === 401 || status === 403, status };
}

function readRetryAfter(headers: Headers | undefined): number | undefined {
  const milliseconds = headers?.get('retry-after-ms');
  if (milliseconds) return toDelay(Number(milliseconds));
  const after = headers?.get('retry-after');
  if (!after) return undefined;
  return toDelay(/^[\d.]+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now());
}

function toDelay(milliseconds: number): number | undefined {
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
