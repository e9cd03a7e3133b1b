import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';
import { type ContentState, contentStates } from './moderation.states.js';

/** The texts of a profile that are moderated. */
export type ProfileTexts = Readonly<Partial<Record<'headline' | 'biography' | 'education', string | null>>>;

const ProfileTextSchema = defineEntity({
  name: 'ProfileText',
  tableName: 'profile_texts',
  properties: {
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id').primary(),
    /** Counts changes of these texts. */
    version: p.integer(),
    /** PUBLISHED when nothing is kept back. */
    state: p.enum(contentStates).$type<ContentState>(),
    /** Texts that have passed every check; they come back when a newer one does not pass. */
    accepted: p.json<ProfileTexts>(),
    /** Texts that the tutor wants and nobody else may see yet. */
    held: p.json<ProfileTexts>(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What moderation knows of a profile's texts; the public ones are the tutor's own columns. */
export class ProfileText extends ProfileTextSchema.class {}
ProfileTextSchema.setClass(ProfileText);
