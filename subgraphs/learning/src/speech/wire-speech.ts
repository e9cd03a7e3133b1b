import { SignedQueries } from '@tutorgraph/kit/secrets/signed-query';
import type { LearningCore, LearningPart } from '../core.js';
import { StudentAccess } from '../students/student-access.js';
import { AnswerAudioResolver } from './answer-audio.resolver.js';
import { AnswerAudioService } from './answer-audio.service.js';
import { AnswerVoice } from './answer-voice.js';
import { giveUpRecordingsJob } from './give-up-recordings.job.js';
import { RecordingResolver } from './recording.resolver.js';
import { RecordingService } from './recording.service.js';
import { removeRecordingJob } from './remove-recording.job.js';
import { transcribeRecordingJob } from './transcribe-recording.job.js';
import { Transcriber } from './transcriber.js';

/** Wires speech: what students record, and answers that are spoken. */
export function createSpeech({ tools, environment, english }: LearningCore): LearningPart {
  const { orm, graph, storage, ai } = tools;
  const transcriber = new Transcriber(storage, ai.audio, english, environment.SPEECH_TRANSCRIPTION_MODEL);
  const jobs = { transcribe: transcribeRecordingJob(orm.em, transcriber), remove: removeRecordingJob(orm.em, storage) };
  const recordings = new RecordingService(graph, new StudentAccess(), storage, jobs, ai.hasProvider);
  const speaker = { model: environment.SPEECH_MODEL, voice: environment.SPEECH_VOICE };
  const voice = ai.hasProvider ? new AnswerVoice(orm.em, storage, ai.audio, speaker) : null;
  const queries = new SignedQueries(environment.SECRET_KEY, 'spoken answers');
  const answers = new AnswerAudioService(voice, storage, { queries, origin: tools.origin });
  return {
    resolvers: [new RecordingResolver(recordings), new AnswerAudioResolver(answers)],
    jobs: [...Object.values(jobs), giveUpRecordingsJob(orm.em)],
    routes: (app) => answers.register(app),
  };
}
