import { connectionOf } from '@tutorgraph/kit/graphql/connection';
import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { EnglishEditKind } from '../english/english-check.js';
import { EnglishEditKindEnum } from '../english/english-edit.types.js';
import { LearningError } from '../errors.js';
import type { KnowledgeLanguage } from '../knowledge/knowledge.rules.js';
import { KnowledgeLanguageEnum } from '../knowledge/knowledge.types.js';
import { type Pace, paces, USUAL_PACE } from './fluency.rules.js';
import {
  type RecordingFailure,
  type RecordingPurpose,
  type RecordingStatus,
  recordingFailures,
  recordingPurposes,
  recordingStatuses,
} from './recording.rules.js';

const RecordingPurposeEnum = enumOf(recordingPurposes);
registerEnumType(RecordingPurposeEnum, {
  name: 'SpeechRecordingPurpose',
  description: 'What was recorded.',
  valuesConfig: {
    SPOKEN_ANSWER: { description: 'What a student says: an answer, or a question to the assistant.' },
    LESSON_RECORDING: { description: 'A lesson that the student had.' },
  },
});
const RecordingStatusEnum = enumOf(recordingStatuses);
registerEnumType(RecordingStatusEnum, {
  name: 'SpeechRecordingStatus',
  description: 'Where the writing down of a recording stands.',
  valuesConfig: {
    QUEUED: { description: 'It will be written down: ask again in some seconds.' },
    DONE: { description: 'It was written down.' },
    FAILED: { description: 'It was not: `failure` says why.' },
  },
});
const RecordingFailureEnum = enumOf(recordingFailures);
registerEnumType(RecordingFailureEnum, {
  name: 'SpeechRecordingFailure',
  description: 'Why a recording was not written down.',
  valuesConfig: {
    NOTHING_HEARD: { description: 'Nobody speaks in it: record it again, nearer to the microphone.' },
    REFUSED: { description: 'The file could not be read: record it again, or in another format.' },
    NOT_AVAILABLE: { description: 'The service that writes down did not answer for long: try another upload later.' },
  },
});
const PaceEnum = enumOf(paces);
registerEnumType(PaceEnum, {
  name: 'SpeechPace',
  description: 'How fast somebody speaks, beside what is usual for learners.',
  valuesConfig: {
    SLOW: { description: `Fewer than ${USUAL_PACE.least} words a minute.` },
    USUAL: { description: `${USUAL_PACE.least} to ${USUAL_PACE.most} words a minute.` },
    FAST: { description: `More than ${USUAL_PACE.most} words a minute.` },
  },
});

@ObjectType('SpeechWord', { simpleResolvers: true, description: 'A word as it was spoken.' })
export class SpeechWordType {
  @Field(() => String, { description: 'The word.' })
  declare text: string;

  @Field(() => Float, { description: 'When it begins, in seconds from the beginning of the recording.' })
  declare startsAt: number;

  @Field(() => Float, { description: 'When it ends, in seconds from the beginning of the recording.' })
  declare endsAt: number;
}

@ObjectType('SpeechPause', { simpleResolvers: true, description: 'A silence of a second or longer between words.' })
export class SpeechPauseType {
  @Field(() => Float, { description: 'When it begins, in seconds from the beginning of the recording.' })
  declare startsAt: number;

  @Field(() => Float, { description: 'How long it is.' })
  declare seconds: number;
}

@ObjectType('SpeechFiller', { simpleResolvers: true, description: 'A filler, such as “um” or “ну”.' })
export class SpeechFillerType {
  @Field(() => String, { description: 'The filler, however long it was held.' })
  declare text: string;

  @Field(() => Int, { description: 'How often it was said.' })
  declare count: number;
}

@ObjectType('SpeechMistake', { simpleResolvers: true, description: 'A mistake in what was said.' })
export class SpeechMistakeType {
  @Field(() => Int, { description: 'Where it begins in the transcript, in UTF-16 code units.' })
  declare start: number;

  @Field(() => Int, { description: 'Where it ends in the transcript.' })
  declare end: number;

  @Field(() => String, { description: 'What was said.' })
  declare original: string;

  @Field(() => String, { description: 'What should be said; empty when nothing should.' })
  declare replacement: string;

  @Field(() => EnglishEditKindEnum, { description: 'What kind of mistake it is.' })
  declare kind: EnglishEditKind;

  @Field(() => String, { description: 'Why, in the language of whoever sent the recording.' })
  declare explanation: string;

  @Field(() => Float, { description: 'How sure the program is, from 0 to 1.' })
  declare confidence: number;
}

@ObjectType('SpokenMistakes', { simpleResolvers: true, description: 'Mistakes in what was said in English.' })
export class SpokenMistakesType {
  @Field(() => [SpeechMistakeType], {
    description: 'In the order of the transcript. Spelling and punctuation are never among them.',
  })
  declare edits: SpeechMistakeType[];

  @Field(() => String, { description: 'The transcript, corrected.' })
  declare corrected: string;

  @Field(() => String, { description: 'What found them.' })
  declare checker: string;
}

@ObjectType('SpeechFeedback', { simpleResolvers: true, description: 'What there is to say of how somebody spoke.' })
export class SpeechFeedbackType {
  @Field(() => Int, { description: 'How many words were said; fillers are not counted.' })
  declare wordCount: number;

  @Field(() => Float, { description: 'From the first word to the last, without pauses.' })
  declare speakingSeconds: number;

  @Field(() => Int, { nullable: true, description: 'Words in a minute of speaking; null where too little was said.' })
  declare wordsPerMinute: number | null;

  @Field(() => PaceEnum, { nullable: true, description: 'How fast that is; null where too little was said.' })
  declare pace: Pace | null;

  @Field(() => [SpeechPauseType], { description: 'Silences of a second or longer between words, in their order.' })
  declare pauses: SpeechPauseType[];

  @Field(() => [SpeechFillerType], { description: 'Fillers, the most frequent first.' })
  declare fillers: SpeechFillerType[];

  @Field(() => Float, { nullable: true, description: 'Fillers in a minute; null where too little was said.' })
  declare fillersPerMinute: number | null;

  @Field(() => SpokenMistakesType, {
    nullable: true,
    description: 'Mistakes; null where no English was spoken or it could not be checked.',
  })
  declare mistakes: SpokenMistakesType | null;
}

@ObjectType('SpeechRecording', {
  simpleResolvers: true,
  description: 'Speech of a student, and what was made of it. Seen by them and by those who see the student.',
})
export class SpeechRecordingType {
  @Field(() => ID, { description: 'Identity of the recording: the upload that it was.' })
  declare id: string;

  @Field(() => RecordingPurposeEnum, { description: 'What was recorded.' })
  declare purpose: RecordingPurpose;

  @Field(() => KnowledgeLanguageEnum, {
    nullable: true,
    description: 'In which language it is, as was said when it was sent; null when nobody said.',
  })
  declare language: KnowledgeLanguage | null;

  @Field(() => RecordingStatusEnum, { description: 'Where the writing down stands.' })
  declare status: RecordingStatus;

  @Field(() => RecordingFailureEnum, { nullable: true, description: 'Why it was not written down; null otherwise.' })
  declare failure: RecordingFailure | null;

  @Field(() => String, { description: 'What kind of file it is, such as audio/webm.' })
  declare contentType: string;

  @Field(() => Int, { description: 'How many bytes it has.' })
  declare size: number;

  @Field(() => Float, { nullable: true, description: 'Its length in seconds; null until it was written down.' })
  declare duration: number | null;

  @Field(() => String, { description: 'What is said; empty until it was written down.' })
  declare transcript: string;

  @Field(() => [SpeechWordType], { description: 'Each word with its time; empty where the model does not say.' })
  declare words: SpeechWordType[];

  @Field(() => SpeechFeedbackType, {
    nullable: true,
    description: 'How it was spoken; null until it was written down.',
  })
  declare feedback: SpeechFeedbackType | null;

  @Field(() => String, { nullable: true, description: 'The model that wrote it down; null until it did.' })
  declare model: string | null;

  @Field(() => DateTime, { description: 'When it was sent.' })
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was written down, or failed; null before.' })
  declare finishedAt: Date | null;
}

@ObjectType({ description: 'A page of recordings.' })
export class SpeechRecordingConnection extends connectionOf(SpeechRecordingType, 'SpeechRecording') {}

@InputType({ description: 'A recording to be written down.' })
export class TranscribeRecordingInput {
  @Field(() => ID, { description: 'A confirmed upload of yours of the kind RECORDING; each is taken once.' })
  declare uploadId: string;

  @Field(() => RecordingPurposeEnum, { description: 'What was recorded.' })
  declare purpose: RecordingPurpose;

  @Field(() => KnowledgeLanguageEnum, {
    nullable: true,
    description: 'Which language is spoken: it makes the result better. Without it the model finds out.',
  })
  declare language?: KnowledgeLanguage | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of your own: the same input with the same key is taken once within 24 hours.',
  })
  declare idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The recording, which is being written down.' })
export class TranscribeRecordingPayload {
  @Field(() => SpeechRecordingType, { nullable: true, description: 'The recording; null when it was refused.' })
  declare recording?: SpeechRecordingType | null;

  @Field(() => [LearningError], {
    description:
      'What went wrong: SPEECH_NOT_AVAILABLE, NOT_A_STUDENT, UPLOAD_NOT_FOUND, RECORDING_NOT_USABLE, INVALID_INPUT, IDEMPOTENCY_KEY_REUSED.',
  })
  declare userErrors: LearningError[];
}

@InputType({ description: 'A recording that you take back.' })
export class DeleteRecordingInput {
  @Field(() => ID, { description: 'Your recording.' })
  declare recordingId: string;
}

@ObjectType({ simpleResolvers: true, description: 'A recording that is gone.' })
export class DeleteRecordingPayload {
  @Field(() => ID, { nullable: true, description: 'Which recording is gone; null when it was refused.' })
  declare recordingId?: string | null;

  @Field(() => [LearningError], { description: 'What went wrong: NOT_FOUND.' })
  declare userErrors: LearningError[];
}
