import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { type Persona, personaOf } from '@tutorgraph/kit/demo/persona';
import type { Place } from '@tutorgraph/kit/demo/places';
import { Random } from '@tutorgraph/kit/demo/random';
import type { LanguageCode } from '../lessons/language-codes.js';
import { chooseEducation, type Portrait, writeBiography, writeHeadline } from './biography.js';
import { DEMO_TUTOR_RU } from './content/biographies.ru.js';
import type { DemoLevel, SubjectKey } from './content/content.js';
import { SUBJECTS, type SubjectFacts } from './content/subjects.js';
import type { DemoOffering, DemoTutor, MarketplaceDemoOptions } from './data.js';
import { Phrases } from './phrases.js';
import { dearness, hourlyRate } from './rates.js';
import { DAY, HOUR } from './times.js';

/** A tutor with what the generator knows beyond the profile. */
export interface MadeTutor {
  profile: DemoTutor;
  persona: Persona;
  /** How pleased people are: decides about stars. */
  quality: 'excellent' | 'good' | 'weak';
  /** How many people have reviewed them. */
  reviewers: number;
}

/** One tutor in so many has hidden the profile, the first of them early enough for a small demo. */
const HIDDEN_EVERY = 41;
const HIDDEN_FIRST = 23;
const LANGUAGE_OF: Partial<Record<SubjectKey, LanguageCode>> = {
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  chinese: 'zh',
  russian: 'ru',
};
/** Which second subject a tutor of the first may well teach. */
const NEIGHBOURS: Partial<Record<SubjectKey, readonly SubjectKey[]>> = {
  mathematics: ['physics', 'informatics'],
  physics: ['mathematics'],
  chemistry: ['biology'],
  biology: ['chemistry'],
  informatics: ['programming', 'mathematics'],
  programming: ['informatics'],
  english: ['german', 'spanish', 'french'],
  german: ['english'],
  french: ['english', 'spanish'],
  spanish: ['english', 'french'],
  history: ['social-studies'],
  'social-studies': ['history'],
  piano: ['guitar'],
  guitar: ['piano'],
};

/** The generated tutors and, first, the one whose sign-in is printed. */
export function generateTutors({ seed, tutors, now }: MarketplaceDemoOptions): MadeTutor[] {
  const phrases = new Phrases(new Random('biographies', seed));
  const written = new Set<string>();
  const made = [demoTutor(seed, phrases, now)];
  for (let index = 0; index < tutors; index++) {
    const random = new Random('tutor', seed, index);
    const persona = personaOf(seed, 'user:tutor', index);
    // The first ones cover every subject, so that the smallest market has them all.
    const subject = SUBJECTS[index] ?? random.weighted(SUBJECTS, ({ demand }) => demand);
    const portrait = portraitOf(random, persona, subject);
    made.push(makeTutor({ seed, index, random, phrases, portrait, written, now }));
  }
  return made;
}

interface Making {
  seed: number;
  index: number;
  random: Random;
  phrases: Phrases;
  portrait: Portrait;
  /** Biographies that others have already. */
  written: Set<string>;
  now: Date;
}

function makeTutor(making: Making): MadeTutor {
  const { seed, index, random, phrases, portrait, now } = making;
  const { persona, subject, experienceYears } = portrait;
  const reviewers = reviewersOf(random, portrait);
  const profile: DemoTutor = {
    id: demoId(seed, 'tutor', index),
    userId: persona.id,
    locale: persona.locale,
    headline: writeHeadline(phrases, portrait),
    biography: newBiography(making),
    education: `${portrait.education.university}, ${portrait.education.faculty}`,
    experienceYears,
    languages: languagesOf(random, persona, subject),
    displayName: `${persona.firstName} ${persona.lastName.charAt(0)}.`,
    city: portrait.inPerson || random.chance(0.7) ? persona.place.name[persona.locale] : null,
    formats: [
      ...(portrait.online ? (['ONLINE'] as const) : []),
      ...(portrait.inPerson ? (['IN_PERSON'] as const) : []),
    ],
    currency: persona.place.currency,
    offerings: [],
    ratingSum: 0,
    reviewCount: 0,
    hiddenAt: index % HIDDEN_EVERY === HIDDEN_FIRST ? new Date(now.getTime() - DAY) : null,
    createdAt: new Date(now.getTime() - persona.joinedDaysAgo * DAY + random.integer(1, 12) * HOUR),
  };
  profile.offerings = offeringsOf(random, seed, index, portrait, `${profile.headline} ${profile.biography}`);
  const quality = random.weighted(['excellent', 'good', 'weak'] as const, (kind) => QUALITY_SHARE[kind]);
  return { profile, persona, quality, reviewers };
}

/** No two tutors tell the same of themselves. */
function newBiography({ phrases, portrait, written }: Making): string {
  for (;;) {
    const biography = writeBiography(phrases, portrait);
    if (written.has(biography)) continue;
    written.add(biography);
    return biography;
  }
}

/** Who has joined later has no reviews yet. */
const NEWCOMER_DAYS = 60;
const QUALITY_SHARE = { excellent: 85, good: 11, weak: 4 };

/** Heavy-tailed: most have a handful, a few have dozens, and one in four has none yet. */
function reviewersOf(random: Random, { persona, experienceYears }: Portrait): number {
  if (persona.joinedDaysAgo < NEWCOMER_DAYS || random.chance(experienceYears < 3 ? 0.5 : 0.1)) return 0;
  return Math.min(60, Math.max(1, Math.round(random.logNormal(3.2, 1.05))));
}

function portraitOf(random: Random, persona: Persona, subject: SubjectFacts): Portrait {
  const experienceYears = random.chance(0.12)
    ? random.integer(1, 2)
    : Math.min(36, Math.max(1, Math.round(random.logNormal(6.5, 0.7))));
  const online = random.chance(0.92);
  return {
    persona,
    subject,
    experienceYears,
    studying: experienceYears < 3 && random.chance(0.65),
    online,
    inPerson: !online || random.chance(0.45),
    education: chooseEducation(random, persona, subject.slug),
  };
}

function offeringsOf(
  random: Random,
  seed: number,
  index: number,
  portrait: Portrait,
  promises: string,
): DemoOffering[] {
  const { persona, subject, experienceYears } = portrait;
  const dear = dearness(random);
  const second = random.chance(0.3) ? neighbourOf(random, subject) : undefined;
  return [subject, ...(second ? [second] : [])].map((taught, place) => ({
    id: demoId(seed, `offering:${index}`, place),
    subject: taught.slug,
    levels: levelsOf(random, taught, experienceYears, place === 0 ? promises : ''),
    rateMinor: hourlyRate(taught, persona.place, experienceYears, dear),
  }));
}

function neighbourOf(random: Random, subject: SubjectFacts): SubjectFacts | undefined {
  const slugs = NEIGHBOURS[subject.slug] ?? [];
  return slugs.length === 0 ? undefined : SUBJECTS.find(({ slug }) => slug === random.pick(slugs));
}

/** Words of a profile that promise lessons at a level. */
const PROMISED: Record<DemoLevel, RegExp> = {
  PRIMARY_SCHOOL: /для детей|с детьми|младшим|young learners|for children|ages 8|young pupils|younger pupils/i,
  SECONDARY_SCHOOL: /школьн|класс(а|ов|ы|ами|ников)|подростк|teens|teenagers|school pupils|GCSE/i,
  EXAM: /ЕГЭ|ОГЭ|экзамен|выпускник|GCSE|A-level|\bIB\b|IELTS|TOEFL|Cambridge|HSK|DELF|DELE|Goethe|ABRSM|Rockschool|exam/i,
  UNIVERSITY: /студент(ам|ов)|вуз|матанализ|university|undergraduate|first-year/i,
  ADULT:
    /взрослы|для работы|для души|переезд|бизнес|профессию|собеседован|for work|business|adults|career|travel|living in/i,
};

/** What the profile promises and, by chance, what is usual. */
function levelsOf(random: Random, subject: SubjectFacts, experienceYears: number, promises: string): DemoLevel[] {
  const likely: Record<DemoLevel, number> = {
    PRIMARY_SCHOOL: 0.35,
    SECONDARY_SCHOOL: 0.8,
    EXAM: experienceYears < 2 ? 0.6 : 0.85,
    UNIVERSITY: 0.35,
    ADULT: 0.65,
  };
  const chosen = subject.levels.filter((level) => random.chance(likely[level]) || PROMISED[level].test(promises));
  return chosen.length > 0 ? chosen : ['SECONDARY_SCHOOL', 'EXAM'];
}

function languagesOf(random: Random, persona: Persona, subject: SubjectFacts): LanguageCode[] {
  const languages: LanguageCode[] = [persona.locale];
  const taught = LANGUAGE_OF[subject.slug];
  if (taught) languages.push(taught);
  if (persona.locale === 'ru' && random.chance(0.35)) languages.push('en');
  const local = LOCAL_LANGUAGE[persona.place.country];
  if (local && random.chance(0.6)) languages.push(local);
  return [...new Set(languages)];
}

const LOCAL_LANGUAGE: Partial<Record<Place['country'], LanguageCode>> = {
  DE: 'de',
  KZ: 'kk',
  GE: 'ka',
  NL: 'nl',
  PT: 'pt',
  RU: 'ru',
};

/** The tutor of the printed sign-in: a profile that anybody would like to have. */
function demoTutor(seed: number, phrases: Phrases, now: Date): MadeTutor {
  const subject = SUBJECTS.find(({ slug }) => slug === 'english') ?? SUBJECTS[0];
  if (!subject) throw new Error('The demo has no subjects');
  const random = new Random('demo tutor', seed);
  const portrait: Portrait = {
    ...portraitOf(random, FIXED_PEOPLE.TUTOR, subject),
    experienceYears: 9,
    studying: false,
    online: true,
    inPerson: true,
    education: { university: 'МГУ имени Ломоносова', faculty: 'факультет иностранных языков' },
  };
  const made = makeTutor({ seed: 0, index: 0, random, phrases, portrait, written: new Set(), now });
  const [offering] = offeringsOf(random, 0, 0, portrait, '');
  if (!offering) throw new Error('The demo tutor has no offering');
  const levels: DemoLevel[] = ['SECONDARY_SCHOOL', 'EXAM', 'UNIVERSITY', 'ADULT'];
  return {
    ...made,
    profile: {
      ...made.profile,
      id: demoId(0, 'tutor:fixed', 0),
      ...DEMO_TUTOR_RU,
      offerings: [{ ...offering, id: demoId(0, 'offering:fixed', 0), levels, rateMinor: 240_000 }],
      languages: ['ru', 'en'],
    },
    quality: 'excellent',
    reviewers: 18,
  };
}
