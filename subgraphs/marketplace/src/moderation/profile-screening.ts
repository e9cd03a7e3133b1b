import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tutor } from '../tutors/tutor.entity.js';
import { fileOpinion, keptBy, recordDecision } from './case-file.js';
import { type Content, present } from './content.js';
import { ProfileText, type ProfileTexts } from './profile-text.entity.js';
import { lockProfileText } from './profile-text.repository.js';
import { profileFields, show, textsOf, unaccepted } from './profile-text.rules.js';
import { judgeLocally, LOCAL_RULES } from './rules/judge.rules.js';
import type { Screening } from './screening.js';

/** Judges the texts of profiles: what offends waits for staff, and what was accepted last stays public meanwhile. */
export class ProfileScreening {
  constructor(private readonly screening: Screening) {}

  /** Puts the texts of a new profile where they belong. */
  async create(tx: EntityManager, tutor: Tutor, wanted: ProfileTexts, now: Date): Promise<void> {
    const kept = tx.create(ProfileText, noTexts(tutor.id, {}, now));
    for (const field of profileFields) show(tutor, field, null);
    await this.put(tx, tutor, kept, wanted, now);
  }

  /** Puts changed texts where they belong; what is left out stays. The tutor must be locked. */
  async change(tx: EntityManager, tutor: Tutor, wanted: ProfileTexts, now: Date): Promise<void> {
    const kept =
      (await lockProfileText(tx, tutor.id)) ?? tx.create(ProfileText, noTexts(tutor.id, textsOf(tutor), now));
    const shown = textsOf(tutor);
    const changed = profileFields.filter((field) => {
      const text = wanted[field];
      return text !== undefined && (text !== shown[field] || kept.held[field]);
    });
    if (changed.length > 0) await this.put(tx, tutor, kept, pick(wanted, changed), now);
  }

  private async put(
    tx: EntityManager,
    tutor: Tutor,
    kept: ProfileText,
    wanted: ProfileTexts,
    now: Date,
  ): Promise<void> {
    const keeper = await keptBy(tx, tutor.id, kept.state);
    const { advice, findings, heldFields } = judgeLocally(wanted);
    const held = { ...kept.held };
    for (const field of profileFields.filter((name) => wanted[name] !== undefined)) {
      const text = wanted[field] ?? null;
      // In place of what staff or the model kept back, nothing comes without them.
      if (text && (heldFields.includes(field) || (keeper && kept.held[field]))) held[field] = text;
      else {
        delete held[field];
        show(tutor, field, text);
      }
    }
    const holds = Object.keys(held).length > 0;
    const isHeldAsBefore = holds && isSame(held, kept.held);
    Object.assign(kept, { held, version: kept.version + 1, updatedAt: now });
    const suspected = pick(wanted, [...new Set(findings.map(({ field }) => field))]);
    const content = this.content(tutor, kept, present(holds ? held : suspected));
    const opinion = {
      judge: keeper ?? 'LOCAL',
      model: LOCAL_RULES,
      advice: holds ? 'HOLD' : advice,
      findings,
    } as const;
    // What waits or was rejected is not touched by another field: its case goes on.
    if (isHeldAsBefore) recordDecision(tx, content, null, { ...opinion, outcome: 'PUBLISHED' }, now);
    else {
      kept.state = holds ? 'IN_REVIEW' : 'PUBLISHED';
      await fileOpinion(tx, content, opinion, now);
    }
    await this.screening.askModel(tx, this.content(tutor, kept, unaccepted(tutor, kept)));
  }

  private content({ id, userId }: Tutor, { version }: ProfileText, texts: Record<string, string>): Content {
    return { kind: 'PROFILE', targetId: id, version, authorId: userId, tutorId: id, texts };
  }
}

function noTexts(tutorId: string, accepted: ProfileTexts, now: Date) {
  return { tutorId, version: 0, state: 'PUBLISHED', accepted, held: {}, updatedAt: now } as const;
}

function pick(texts: ProfileTexts, fields: readonly string[]): ProfileTexts {
  return Object.fromEntries(Object.entries(texts).filter(([field]) => fields.includes(field)));
}

function isSame(one: ProfileTexts, other: ProfileTexts): boolean {
  return profileFields.every((field) => (one[field] ?? null) === (other[field] ?? null));
}
