import { AiUnavailableError } from '@tutorgraph/kit/ai/failure';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { SignedQueries } from '@tutorgraph/kit/secrets/signed-query';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findOwnAnswer } from '../assistant/assistant.repository.js';
import type { LearningErrorCode } from '../errors.js';
import type { AnswerVoice } from './answer-voice.js';

/** Where spoken answers are, below the origin of whoever serves them. */
const AUDIO_PATH = '/learning/answer.mp3';
const LASTS_MS = 10 * 60 * 1_000;
const LASTS_SECONDS = LASTS_MS / 1_000;

const grant = z.object({ answer: z.uuid() });

/** Where addresses are, and what they are signed with. */
interface Addresses {
  queries: SignedQueries;
  origin(): string;
}

/** Answers of the assistant, spoken: an address is asked for in the graph, the file is made when it is fetched. */
export class AnswerAudioService {
  constructor(
    /** Null where nothing speaks. */
    private readonly voice: AnswerVoice | null,
    private readonly storage: ObjectStorage,
    private readonly addresses: Addresses,
  ) {}

  /** Where an answer to the viewer can be heard. @throws Refusal SPEECH_NOT_AVAILABLE, NOT_FOUND, ANSWER_UNFINISHED */
  async address(context: RequestContext, answerId: string): Promise<{ url: string; expiresAt: Date }> {
    if (!this.voice) throw new Refusal<LearningErrorCode>('SPEECH_NOT_AVAILABLE');
    const answer = await findOwnAnswer(context.em, answerId, context.user.userId);
    if (!answer) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['answerId']);
    if (answer.status !== 'DONE') throw new Refusal<LearningErrorCode>('ANSWER_UNFINISHED', ['answerId']);
    const { queries, origin } = this.addresses;
    const expiresAt = new Date(Date.now() + LASTS_MS);
    return { url: `${origin()}${AUDIO_PATH}?${queries.sign({ answer: answer.id }, expiresAt)}`, expiresAt };
  }

  /** Leads whoever has a signed address to the file, which players may read in parts. */
  register(app: FastifyInstance): void {
    // The address is the right to it, so that no log may hold it.
    app.get(AUDIO_PATH, { logLevel: 'silent' }, async (request, reply) => {
      reply.headers({
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      });
      const allowed = this.addresses.queries.read(z.record(z.string(), z.unknown()).parse(request.query), new Date());
      const { data } = grant.safeParse(allowed);
      if (!data) {
        return reply
          .code(403)
          .send({ code: 'FORBIDDEN', message: 'This address is wrong or has expired; ask for a new one' });
      }
      try {
        const key = await this.voice?.speak(data.answer);
        if (!key) return reply.code(404).send({ code: 'NOT_FOUND', message: 'The answer is gone; ask again' });
        return reply.redirect(await this.storage.signGet(key, { expiresInSeconds: LASTS_SECONDS }), 302);
      } catch (error) {
        if (!isSilent(error)) throw error;
        const message = 'The answer cannot be spoken now; read it, or try again in a minute';
        return reply.code(503).header('retry-after', '60').send({ code: 'SPEECH_NOT_AVAILABLE', message });
      }
    });
  }
}

function isSilent(error: unknown): boolean {
  return error instanceof AiUnavailableError || (error instanceof DOMException && error.name === 'TimeoutError');
}
