import type { Persona } from '@tutorgraph/kit/demo/persona';
import type { Random } from '@tutorgraph/kit/demo/random';
import { countRu, fill } from '@tutorgraph/kit/demo/text';
import { BIOGRAPHIES_EN } from './content/biographies.en.js';
import { BIOGRAPHIES_RU } from './content/biographies.ru.js';
import type { SubjectKey } from './content/content.js';
import { CONSERVATOIRES, FACULTIES, IN_CITY_RU, UNIVERSITIES } from './content/education.js';
import { TUTOR_TEXTS } from './content/library.js';
import type { SubjectFacts } from './content/subjects.js';
import { type Phrases, sentenceCount } from './phrases.js';

/** What a biography tells about. */
export interface Portrait {
  persona: Persona;
  subject: SubjectFacts;
  experienceYears: number;
  /** Still a student; only beginners are. */
  studying: boolean;
  online: boolean;
  inPerson: boolean;
  education: { university: string; faculty: string };
}

const MUSIC: readonly SubjectKey[] = ['piano', 'guitar'];
const LONGEST = 6;
/** From how many years on somebody has results to tell of. */
const SEASONED_YEARS = 5;

/** A short line under the tutor's name. */
export function writeHeadline(phrases: Phrases, { persona, subject }: Portrait): string {
  const { headlines } = TUTOR_TEXTS[persona.locale][subject.slug];
  return fill(phrases.deal(headlines) ?? subject.name[persona.locale], { gender: persona.gender });
}

/** Where somebody from a city studied, or studies, to teach a subject. */
export function chooseEducation(random: Random, persona: Persona, subject: SubjectKey): Portrait['education'] {
  const schools = (isMusic(subject) ? CONSERVATOIRES : UNIVERSITIES)[persona.locale];
  const here = Object.entries(schools).find(([place]) => place === persona.place.key)?.[1] ?? schools.elsewhere;
  return { university: random.pick(here), faculty: random.pick(FACULTIES[subject][persona.locale]) };
}

/** Three to six sentences about who somebody is, what they teach and how. */
export function writeBiography(phrases: Phrases, portrait: Portrait): string {
  const { persona } = portrait;
  const target = phrases.random.integer(4, LONGEST);
  const parts = [...mandatory(phrases, portrait)];
  for (const part of phrases.random.shuffle(optional(portrait))) {
    const text = part.write(phrases);
    if (text === undefined || parts.some((present) => present.text === text)) continue;
    const known = parts.reduce((sum, { text: present }) => sum + sentenceCount(present), 0);
    if (known + sentenceCount(text) <= target) parts.push({ order: part.order, text });
  }
  const values = valuesOf(portrait);
  return parts
    .sort((a, b) => a.order - b.order)
    .map(({ text }) => fill(text, { gender: persona.gender, values }))
    .join(' ');
}

function mandatory(phrases: Phrases, portrait: Portrait): { order: number; text: string }[] {
  const { methods } = sentences(portrait);
  const { specialities } = TUTOR_TEXTS[portrait.persona.locale][portrait.subject.slug];
  const texts = [
    { order: 0, text: phrases.deal<string>(openers(portrait), (text) => isTrue(text, portrait)) },
    { order: 2, text: phrases.deal(specialities) },
    { order: 4, text: phrases.deal<string>(methods, (text) => isTrue(text, portrait)) },
  ];
  return texts.flatMap(({ order, text }) => (text === undefined ? [] : [{ order, text }]));
}

interface OptionalPart {
  order: number;
  write(phrases: Phrases): string | undefined;
}

function optional(portrait: Portrait): OptionalPart[] {
  const { education, studying, online, inPerson, closers } = sentences(portrait);
  const texts = TUTOR_TEXTS[portrait.persona.locale][portrait.subject.slug];
  const fits = (text: string): boolean => isTrue(text, portrait);
  const parts: OptionalPart[] = [
    { order: 1, write: (phrases) => phrases.deal<string>(portrait.studying ? studying : education, fits) },
    { order: 3, write: (phrases) => phrases.deal(texts.specialities) },
    { order: 6, write: (phrases) => phrases.deal<string>(portrait.inPerson ? inPerson : online, fits) },
    { order: 7, write: (phrases) => phrases.deal<string>(closers, fits) },
  ];
  if (portrait.experienceYears >= SEASONED_YEARS) {
    parts.push({ order: 5, write: (phrases) => phrases.deal(texts.results) });
  }
  return parts;
}

function openers(portrait: Portrait): readonly string[] {
  const { newcomerOpeners, openers: usual, veteranOpeners } = sentences(portrait);
  if (portrait.experienceYears < 3) return newcomerOpeners;
  return portrait.experienceYears < 10 ? usual : veteranOpeners;
}

/** Some sentences claim what is not so for everybody. */
function isTrue(text: string, portrait: Portrait): boolean {
  const beginner = portrait.experienceYears < 3;
  if (
    isMusic(portrait.subject.slug) &&
    /экзамен|учебник|термин|exam|textbook|terminology|в школе|in schools/i.test(text)
  )
    return false;
  if (!portrait.studying && /с учёбой|my own studies/.test(text)) return false;
  if (!portrait.inPerson && /очно|\{city\} и онлайн/.test(text)) return false;
  if (!portrait.online && /онлайн|\bonline\b/i.test(text)) return false;
  if (portrait.inPerson && /только онлайн|online only/.test(text)) return false;
  return !(
    beginner && /практики после|каждый год|every year|больше двенадцати|than a dozen|summer|круглый год/.test(text)
  );
}

function valuesOf({ persona, subject, experienceYears, education }: Portrait): Record<string, string> {
  const russian = persona.locale === 'ru';
  return {
    ...education,
    ...subject.inside,
    subject: subject.inside.en,
    years: russian
      ? countRu(experienceYears, 'год', 'года', 'лет')
      : `${experienceYears} year${experienceYears === 1 ? '' : 's'}`,
    city: russian ? (IN_CITY_RU[persona.place.key] ?? '') : persona.place.name.en,
  };
}

function sentences({ persona }: Portrait): Record<keyof typeof BIOGRAPHIES_RU, readonly string[]> {
  return persona.locale === 'ru' ? BIOGRAPHIES_RU : BIOGRAPHIES_EN;
}

function isMusic(subject: SubjectKey): boolean {
  return MUSIC.includes(subject);
}
