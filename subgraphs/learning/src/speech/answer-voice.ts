import type { EntityManager } from '@mikro-orm/postgresql';
import type { AudioAi } from '@tutorgraph/kit/ai/ai-client';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { sql } from 'kysely';
import { AssistantMessage } from '../assistant/assistant.entity.js';
import { AnswerAudio } from './answer-audio.entity.js';
import { spokenText } from './spoken-text.rules.js';

/** Somebody waits for it. */
const SPOKEN_WITHIN_MS = 30_000;

/** Who speaks. */
interface Voice {
  model: string;
  voice: string;
}

/** Speaks answers, each once as long as the voice stays the same. */
export class AnswerVoice {
  private readonly speaking = new Map<string, Promise<string | null>>();

  constructor(
    private readonly em: EntityManager,
    private readonly storage: ObjectStorage,
    private readonly ai: AudioAi,
    private readonly voice: Voice,
  ) {}

  /**
   * The key of an answer's file, which is made where there is none; null when the answer is gone.
   *
   * @throws AiUnavailableError, or a TimeoutError
   */
  async speak(answerId: string): Promise<string | null> {
    const known = await this.em.fork().findOne(AnswerAudio, { answerId, ...this.voice, readyAt: { $ne: null } });
    if (known && (await this.storage.head(known.key))) return known.key;
    const already = this.speaking.get(answerId);
    if (already) return already;
    const work = this.make(answerId).finally(() => this.speaking.delete(answerId));
    this.speaking.set(answerId, work);
    return work;
  }

  private async make(answerId: string): Promise<string | null> {
    const key = `answers/${answerId}.mp3`;
    const answer = await this.begin(answerId, key);
    const text = answer && spokenText(answer.text);
    if (!text) return null;
    const signal = AbortSignal.timeout(SPOKEN_WITHIN_MS);
    const { value } = await this.ai.speak(text, { ...this.voice, format: 'mp3', signal });
    await this.storage.put(key, value.bytes, { contentType: value.contentType });
    const kept = await this.em.fork().nativeUpdate(AnswerAudio, { answerId }, { readyAt: new Date() });
    if (kept > 0) return key;
    // The conversation went meanwhile, and with it the list of its files.
    await this.storage.remove([key]);
    return null;
  }

  /** Notes the file before it is there. */
  private async begin(answerId: string, key: string): Promise<AssistantMessage | null> {
    const { model, voice } = this.voice;
    const em = this.em.fork();
    await sql`insert into learning.assistant_answer_audio (answer_id, key, model, voice)
      select id, ${key}, ${model}, ${voice} from learning.assistant_messages
       where id = ${answerId} and role = 'ASSISTANT' and status = 'DONE'
      on conflict (answer_id) do update set model = excluded.model, voice = excluded.voice, ready_at = null`.execute(
      em.getKysely(),
    );
    return em.findOne(AssistantMessage, { id: answerId, role: 'ASSISTANT', status: 'DONE' });
  }
}
