import { buffer } from 'node:stream/consumers';
import type { AudioAi } from '@tutorgraph/kit/ai/ai-client';
import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { Transcription } from '@tutorgraph/kit/ai/openai-audio';
import { ObjectNotFoundError, type ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { ExplanationLanguage } from '../english/english-check.js';
import { EnglishCheckError, type EnglishChecker } from '../english/english-checker.js';
import { applyEdits } from '../english/merge-edits.js';
import { languageOf } from '../knowledge/knowledge.rules.js';
import { fillersOf, tokensOf } from './fillers.rules.js';
import { fluencyOf } from './fluency.rules.js';
import type { SpeechRecording } from './recording.entity.js';
import type { RecordingFailure, SpeechFeedback } from './recording.rules.js';

/** How one recording is written down. */
interface TranscribeOptions {
  /** Of the explanations. */
  language: ExplanationLanguage;
  /** Settle for what can be found: nobody tries again. */
  isLast: boolean;
  signal: AbortSignal;
}

/** What a recording has become. */
export type Outcome =
  | { status: 'FAILED'; failure: RecordingFailure }
  | {
      status: 'DONE';
      transcript: string;
      duration: number;
      words: Transcription['words'];
      feedback: SpeechFeedback;
      model: string;
    };

/** Hesitations in the model's own style: without them it leaves out those that it hears. */
const PROMPT = 'Um, er, let me think, like, hmm... Okay, here is what I am, uh, thinking.';
/** The model spells and punctuates, not the speaker. */
const NOT_SPOKEN = new Set(['SPELLING', 'PUNCTUATION', 'SPACING', 'CAPITALISATION']);
/** The most that the checker takes. */
const MOST_CHECKED = 20_000;
const ENDINGS: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3' };

/** Writes recordings down, and finds what there is to say of them. */
export class Transcriber {
  constructor(
    private readonly storage: ObjectStorage,
    private readonly ai: AudioAi,
    private readonly english: EnglishChecker,
    /** Which model writes down. */
    private readonly model: string,
  ) {}

  /** @throws AiUnavailableError, EnglishCheckError when another try may do better */
  async transcribe(recording: SpeechRecording, options: TranscribeOptions): Promise<Outcome> {
    const bytes = await this.read(recording.key);
    if (!bytes) return { status: 'FAILED', failure: 'REFUSED' };
    const answered = await this.hear(recording, bytes, options);
    if (typeof answered === 'string') return { status: 'FAILED', failure: answered };
    const { value, model } = answered;
    const said = { ...value, text: storable(value.text) };
    if (isNothing(said.text)) return { status: 'FAILED', failure: 'NOTHING_HEARD' };
    const mistakes = await this.check(said.text, recording, options);
    return {
      ...{ status: 'DONE', transcript: said.text, duration: said.duration, model },
      words: said.words.map((word) => ({ ...word, text: storable(word.text) })),
      feedback: { ...fluencyOf(said), mistakes },
    };
  }

  private async hear(
    { contentType, language }: SpeechRecording,
    bytes: Uint8Array,
    { isLast, signal }: TranscribeOptions,
  ): Promise<{ value: Transcription; model: string } | RecordingFailure> {
    const name = `speech.${ENDINGS[contentType] ?? contentType.split('/')[1]}`;
    const call = { model: this.model, language: language ?? undefined, prompt: PROMPT, signal };
    try {
      return await this.ai.transcribe({ bytes, contentType, name }, call);
    } catch (error) {
      if (!(error instanceof AiUnavailableError)) throw error;
      if (error.reason === 'refused') return 'REFUSED';
      if (isLast || error.reason === 'no key') return 'NOT_AVAILABLE';
      throw error;
    }
  }

  private async check(
    transcript: string,
    { language }: SpeechRecording,
    { language: explained, isLast, signal }: TranscribeOptions,
  ): Promise<SpeechFeedback['mistakes']> {
    const text = cut(transcript);
    if ((language ?? languageOf(text)) !== 'en') return null;
    try {
      const found = await this.english.check(text, { language: explained, signal });
      const fillers = fillersOf(text);
      const edits = found.edits.filter(({ kind, start, end }) => {
        return !NOT_SPOKEN.has(kind) && !fillers.some((filler) => filler.start < end && start < filler.end);
      });
      return { edits, corrected: applyEdits(text, edits), checker: found.checker };
    } catch (error) {
      if (isLast && error instanceof EnglishCheckError) return null;
      throw error;
    }
  }

  private async read(key: string): Promise<Uint8Array | null> {
    try {
      return await buffer(await this.storage.get(key));
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return null;
      throw error;
    }
  }
}

/** Models that hear nothing make words up, above all those that they were shown. */
function isNothing(text: string): boolean {
  const words = (from: string): string =>
    tokensOf(from)
      .map(({ word }) => word)
      .join(' ');
  const heard = words(text);
  return heard === '' || (words(PROMPT).includes(heard) && heard.split(' ').length > 3);
}

function cut(text: string): string {
  return text.length <= MOST_CHECKED ? text : text.slice(0, text.lastIndexOf(' ', MOST_CHECKED));
}

function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
