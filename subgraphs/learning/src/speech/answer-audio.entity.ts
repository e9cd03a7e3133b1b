import { defineEntity, p } from '@mikro-orm/core';
import { AssistantMessage } from '../assistant/assistant.entity.js';

const AnswerAudioSchema = defineEntity({
  name: 'AnswerAudio',
  tableName: 'assistant_answer_audio',
  properties: {
    answerId: () => p.manyToOne(AssistantMessage).mapToPk().primary().fieldName('answer_id').deleteRule('cascade'),
    /** Where the file is, or will be: the row is there first, so that no file is ever unknown. */
    key: p.text(),
    model: p.text(),
    voice: p.text(),
    /** Since when the file is there. */
    readyAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** An answer of the assistant, spoken. */
export class AnswerAudio extends AnswerAudioSchema.class {}
AnswerAudioSchema.setClass(AnswerAudio);
