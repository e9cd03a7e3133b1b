import { z } from 'zod';
import { assertOutsideTransaction } from '../database/transaction.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { type AnswerStream, openStream, type StreamLimits } from './answer-stream.js';
import { type Attemptable, Attempts, type BreakerOptions, type CallKind, type CallLimits } from './attempts.js';
import { AiUnavailableError } from './failure.js';
import type { Speech, SpeechOptions, SpokenFile, Transcription, TranscriptionOptions } from './openai-audio.js';
import type { Moderation, OpenAiProvider, OpenQuestion, ProviderOptions } from './openai-provider.js';

/** An answer and where it came from. */
export interface AiAnswer<T> {
  value: T;
  /** True when the fallback answered instead of the provider. */
  degraded: boolean;
  /** What made the value. Vectors of different models must never be compared. */
  model: string;
  /** How often the provider was asked. */
  attempts: number;
}

/** What answers when the provider does not: quick, local, and never failing. */
export interface Fallback<T> {
  model: string;
  answer: () => T | Promise<T>;
}

/** A question whose answer is data. */
export interface AiQuestion<Schema extends z.ZodType> {
  /** Letters, digits, `_` and `-`; names the schema for the model. */
  name: string;
  instructions: string;
  input: string;
  /** The answer's shape; objects only, every property required (use `.nullable()` for what may be missing). */
  schema: Schema;
  /** @default the client's model for questions */
  model?: string;
}

/** Options of every call on a request's path. */
export interface RequestCall<T> {
  fallback: Fallback<T>;
  /** Aborts when nobody waits for the answer any longer. */
  signal?: AbortSignal;
}

/** How to reach the provider, and when to give up. */
export interface AiClientOptions {
  /** Without one every call is answered by its fallback at once. */
  apiKey?: string | undefined;
  /** Any OpenAI-compatible server. @default OpenAI itself */
  baseUrl?: string | undefined;
  logger: Logger;
  metrics: Metrics;
  models?: Partial<Record<CallKind, string>>;
  /** Limits of a call on a request's path. @default 700 ms in all, 3 tries */
  request?: Partial<CallLimits>;
  /** Limits of a background call. @default 60 s in all, 20 s a try, 5 tries */
  background?: Partial<CallLimits>;
  /** Limits of a call that writes speech down or speaks. @default 4 min in all, 2 min a try, 3 tries */
  audio?: Partial<CallLimits>;
  /** Limits of an answer that is read while it is written. @default 700 ms to connect, 3 s to the first words, 30 s in all */
  stream?: Partial<StreamLimits>;
  /** @default 5 failures in a row, then 15 s without a call */
  breaker?: BreakerOptions;
}

/** Options of an answer that is read while it is written. */
export interface StreamCall {
  /** @default the client's */
  model?: string | undefined;
  limits?: Partial<StreamLimits>;
  /** Aborts when nobody waits for the answer any longer. */
  signal?: AbortSignal;
}

/** Options of a call about speech. */
export interface AudioCall {
  /** @default the client's */
  model?: string | undefined;
  /** Aborts when nobody waits for the answer any longer. */
  signal?: AbortSignal;
}

const MODELS: Record<CallKind, string> = {
  embeddings: 'text-embedding-3-small',
  chat: 'gpt-4o-mini',
  moderation: 'omni-moderation-latest',
  stream: 'gpt-4o-mini',
  // The newer models that transcribe do not say when each word was spoken.
  transcription: 'whisper-1',
  speech: 'gpt-4o-mini-tts',
};
const REQUEST: CallLimits = { budgetMs: 700, maxAttempts: 3, firstPauseMs: 50 };
const STREAM: StreamLimits = { connectMs: 700, firstTokenMs: 3_000, totalMs: 30_000 };
const BACKGROUND: CallLimits = { budgetMs: 60_000, attemptMs: 20_000, maxAttempts: 5, firstPauseMs: 1_000 };
const AUDIO: CallLimits = { budgetMs: 240_000, attemptMs: 120_000, maxAttempts: 3, firstPauseMs: 1_000 };

type ProviderModule = typeof import('./openai-provider.js');

/** Makes a process's client; the provider's SDK is loaded only when there is a key. */
export async function createAiClient(options: AiClientOptions): Promise<AiClient> {
  const { apiKey, baseUrl } = options;
  if (!apiKey) return new AiClient(options);
  return new AiClient(options, await import('./openai-provider.js'), { apiKey, baseUrl });
}

/**
 * Asks an AI provider. Each call on a request's path ends within one total budget and has a fallback; the answer says
 * when it was needed. Calls of `background` have a longer budget and throw instead. All throw inside a transaction.
 */
export class AiClient {
  /** For jobs: rejects with AiUnavailableError when there is no answer. */
  readonly background: BackgroundAi;
  /** Speech, written down or made: there is nothing local that could take its place. */
  readonly audio: AudioAi;
  private readonly calls: AiCalls;
  private readonly limits: CallLimits;
  private readonly streamLimits: StreamLimits;

  constructor(options: AiClientOptions, module?: ProviderModule, provider?: ProviderOptions) {
    this.calls = new AiCalls(options, module, provider);
    this.limits = { ...REQUEST, ...options.request };
    this.streamLimits = { ...STREAM, ...options.stream };
    this.audio = new AudioAi(this.calls, { ...AUDIO, ...options.audio });
    this.background = new BackgroundAi(this.calls, { ...BACKGROUND, ...options.background });
  }

  /** One vector a text, in the texts' order. */
  embed(texts: readonly string[], call: RequestCall<number[][]>): Promise<AiAnswer<number[][]>> {
    return this.request('embeddings', embedding(texts), call);
  }

  /** The model's answer, parsed by the question's schema. */
  ask<Schema extends z.ZodType>(
    question: AiQuestion<Schema>,
    call: RequestCall<z.output<Schema>>,
  ): Promise<AiAnswer<z.output<Schema>>> {
    return this.request('chat', structured(question), call, question.model);
  }

  /** What each text was found to be, in the texts' order. */
  moderate(texts: readonly string[], call: RequestCall<Moderation[]>): Promise<AiAnswer<Moderation[]>> {
    return this.request('moderation', moderation(texts), call);
  }

  /** Is there a provider at all? Without one every call is answered by its fallback. */
  get hasProvider(): boolean {
    return this.calls.hasProvider;
  }

  /** The model that embeds texts while the provider answers. */
  get embeddingModel(): string {
    return this.calls.models.embeddings;
  }

  /**
   * The model's answer as it is written. It is tried again only while nothing of it has been read, and within the time to
   * connect.
   *
   * @throws AiUnavailableError when nothing came in time; from the pieces when the answer broke off. The caller's abort
   * reason when the caller gives up
   */
  stream(question: OpenQuestion, call: StreamCall = {}): Promise<AnswerStream> {
    return this.calls.stream(question, { ...this.streamLimits, ...call.limits }, call);
  }

  private async request<T>(
    kind: CallKind,
    perform: Perform<T>,
    call: RequestCall<T>,
    model?: string,
  ): Promise<AiAnswer<T>> {
    try {
      return await this.calls.run(kind, perform, this.limits, call.signal, model);
    } catch (error) {
      if (!(error instanceof AiUnavailableError)) throw error;
      const { model: fallback, answer } = call.fallback;
      return { value: await answer(), degraded: true, model: fallback, attempts: error.attempts };
    }
  }
}

/** {@link AiClient} for work that nobody waits for. */
export class BackgroundAi {
  constructor(
    private readonly calls: AiCalls,
    private readonly limits: CallLimits,
  ) {}

  /** One vector a text, in the texts' order. @throws AiUnavailableError */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<AiAnswer<number[][]>> {
    return this.calls.run('embeddings', embedding(texts), this.limits, signal);
  }

  /** The model's answer, parsed by the question's schema. @throws AiUnavailableError */
  ask<Schema extends z.ZodType>(
    question: AiQuestion<Schema>,
    signal?: AbortSignal,
  ): Promise<AiAnswer<z.output<Schema>>> {
    return this.calls.run('chat', structured(question), this.limits, signal, question.model);
  }

  /** What each text was found to be, in the texts' order. @throws AiUnavailableError */
  moderate(texts: readonly string[], signal?: AbortSignal): Promise<AiAnswer<Moderation[]>> {
    return this.calls.run('moderation', moderation(texts), this.limits, signal);
  }
}

/** {@link AiClient} for speech; whoever asks waits, or is a job. */
export class AudioAi {
  constructor(
    private readonly calls: AiCalls,
    private readonly limits: CallLimits,
  ) {}

  /** What is said in a file, with the times of words where the model knows them. @throws AiUnavailableError */
  transcribe(
    file: SpokenFile,
    { model, signal, ...options }: TranscriptionOptions & AudioCall = {},
  ): Promise<AiAnswer<Transcription>> {
    const perform: Perform<Transcription> = (provider, name, own) => provider.transcribe(name, file, options, own);
    return this.calls.run('transcription', perform, this.limits, signal, model);
  }

  /** A text of at most 4,096 characters, spoken. @throws AiUnavailableError */
  speak(text: string, { model, signal, ...options }: SpeechOptions & AudioCall): Promise<AiAnswer<Speech>> {
    const perform: Perform<Speech> = (provider, name, own) => provider.speak(name, text, options, own);
    return this.calls.run('speech', perform, this.limits, signal, model);
  }
}

type Perform<T> = (provider: OpenAiProvider, model: string, signal: AbortSignal) => Promise<T>;

/** Calls with metrics around them, whoever asks. */
class AiCalls {
  private readonly attempts: Attempts;
  private readonly provider: OpenAiProvider | undefined;
  readonly models: Readonly<Record<CallKind, string>>;
  private readonly duration;

  constructor(
    options: AiClientOptions,
    private readonly module?: ProviderModule,
    provider?: ProviderOptions,
  ) {
    this.attempts = new Attempts(options.logger, options.breaker ?? { failures: 5, halfOpenAfterMs: 15_000 });
    this.provider = module && provider && new module.OpenAiProvider(provider);
    this.models = { ...MODELS, ...options.models };
    this.duration = options.metrics.histogram({
      name: 'ai_call_duration_seconds',
      help: 'Time that a call of the AI provider took with all its tries, by its outcome',
      labelNames: ['kind', 'outcome'],
    });
  }

  get hasProvider(): boolean {
    return this.provider !== undefined;
  }

  async stream(question: OpenQuestion, limits: StreamLimits, call: StreamCall): Promise<AnswerStream> {
    assertOutsideTransaction('AI');
    const { provider, module } = this;
    if (!provider || !module) throw new AiUnavailableError('no key', 0);
    const model = call.model ?? this.models.stream;
    const end = this.duration.startTimer({ kind: 'stream' });
    return openStream({
      model,
      limits,
      caller: call.signal,
      attempts: this.attempts,
      readFailure: module.readFailure,
      open: (signal) => provider.open(model, question, signal),
      onEnd: (outcome) => end({ outcome }),
    });
  }

  async run<T>(
    kind: CallKind,
    perform: Perform<T>,
    limits: CallLimits,
    signal?: AbortSignal,
    model = this.models[kind],
  ): Promise<AiAnswer<T>> {
    assertOutsideTransaction('AI');
    const { provider, module } = this;
    if (!provider || !module) throw new AiUnavailableError('no key', 0);
    const call: Attemptable<T> = {
      kind,
      model,
      perform: (attemptSignal) => perform(provider, model, attemptSignal),
      readFailure: module.readFailure,
    };
    const end = this.duration.startTimer({ kind });
    try {
      const { value, attempts } = await this.attempts.run(call, limits, signal);
      end({ outcome: 'answered' });
      return { value, degraded: false, model, attempts };
    } catch (error) {
      end({ outcome: error instanceof AiUnavailableError ? error.reason : 'abandoned' });
      throw error;
    }
  }
}

function embedding(texts: readonly string[]): Perform<number[][]> {
  return (provider, model, signal) => provider.embed(model, texts, signal);
}

function moderation(texts: readonly string[]): Perform<Moderation[]> {
  return (provider, model, signal) => provider.moderate(model, texts, signal);
}

function structured<Schema extends z.ZodType>(question: AiQuestion<Schema>): Perform<z.output<Schema>> {
  const { schema, model: _, ...rest } = question;
  const jsonSchema = z.toJSONSchema(schema);
  return async (provider, model, signal) =>
    schema.parse(JSON.parse(await provider.answer(model, { ...rest, jsonSchema }, signal)));
}
