import { z } from 'zod';
import { assertOutsideTransaction } from '../database/transaction.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import { type Attemptable, Attempts, type BreakerOptions, type CallKind, type CallLimits } from './attempts.js';
import { AiUnavailableError } from './failure.js';
import type { Moderation, OpenAiProvider, ProviderOptions } from './openai-provider.js';

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
  /** @default 5 failures in a row, then 15 s without a call */
  breaker?: BreakerOptions;
}

const MODELS: Record<CallKind, string> = {
  embeddings: 'text-embedding-3-small',
  chat: 'gpt-4o-mini',
  moderation: 'omni-moderation-latest',
};
const REQUEST: CallLimits = { budgetMs: 700, maxAttempts: 3, firstPauseMs: 50 };
const BACKGROUND: CallLimits = { budgetMs: 60_000, attemptMs: 20_000, maxAttempts: 5, firstPauseMs: 1_000 };

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
  private readonly calls: AiCalls;
  private readonly limits: CallLimits;

  constructor(options: AiClientOptions, module?: ProviderModule, provider?: ProviderOptions) {
    this.calls = new AiCalls(options, module, provider);
    this.limits = { ...REQUEST, ...options.request };
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
    return this.request('chat', structured(question), call);
  }

  /** What each text was found to be, in the texts' order. */
  moderate(texts: readonly string[], call: RequestCall<Moderation[]>): Promise<AiAnswer<Moderation[]>> {
    return this.request('moderation', moderation(texts), call);
  }

  private async request<T>(kind: CallKind, perform: Perform<T>, call: RequestCall<T>): Promise<AiAnswer<T>> {
    try {
      return await this.calls.run(kind, perform, this.limits, call.signal);
    } catch (error) {
      if (!(error instanceof AiUnavailableError)) throw error;
      const { model, answer } = call.fallback;
      return { value: await answer(), degraded: true, model, attempts: error.attempts };
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
    return this.calls.run('chat', structured(question), this.limits, signal);
  }

  /** What each text was found to be, in the texts' order. @throws AiUnavailableError */
  moderate(texts: readonly string[], signal?: AbortSignal): Promise<AiAnswer<Moderation[]>> {
    return this.calls.run('moderation', moderation(texts), this.limits, signal);
  }
}

type Perform<T> = (provider: OpenAiProvider, model: string, signal: AbortSignal) => Promise<T>;

/** Calls with metrics around them, whoever asks. */
class AiCalls {
  private readonly attempts: Attempts;
  private readonly provider: OpenAiProvider | undefined;
  private readonly models: Record<CallKind, string>;
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

  async run<T>(kind: CallKind, perform: Perform<T>, limits: CallLimits, signal?: AbortSignal): Promise<AiAnswer<T>> {
    assertOutsideTransaction('AI');
    const { provider, module } = this;
    if (!provider || !module) throw new AiUnavailableError('no key', 0);
    const model = this.models[kind];
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
  const { schema, ...rest } = question;
  const jsonSchema = z.toJSONSchema(schema);
  return async (provider, model, signal) =>
    schema.parse(JSON.parse(await provider.answer(model, { ...rest, jsonSchema }, signal)));
}
