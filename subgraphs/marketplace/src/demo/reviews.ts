import type { DemoLocale } from '@tutorgraph/kit/demo/persona';
import { fill, type Gender } from '@tutorgraph/kit/demo/text';
import type { OrderSituation, Praise, SubjectKey } from './content/content.js';
import { REVIEW_TEXTS } from './content/library.js';
import { REVIEW_PHRASES, type ReviewTone } from './content/review-phrases.js';
import type { Phrases } from './phrases.js';
import type { MadeTutor } from './tutors.js';

/** Who writes about whom. */
export interface ReviewScene {
  locale: DemoLocale;
  subject: SubjectKey;
  situation: OrderSituation;
  tutorGender: Gender;
  /** The author's gender, or the child's where a parent writes. */
  learnerGender: Gender;
}

/** How often each number of stars is given, from one to five. */
const STARS: Record<MadeTutor['quality'], readonly number[]> = {
  excellent: [0.003, 0.005, 0.017, 0.105, 0.87],
  good: [0.01, 0.03, 0.11, 0.35, 0.5],
  weak: [0.12, 0.17, 0.29, 0.26, 0.16],
};

/** Stars as people give them: mostly five, for a few tutors not. */
export function drawStars(phrases: Phrases, quality: MadeTutor['quality']): number {
  return phrases.random.weighted([1, 2, 3, 4, 5], (stars) => STARS[quality][stars - 1] ?? 0);
}

/** One to four sentences that say what the stars say. */
export function writeReview(phrases: Phrases, stars: number, scene: ReviewScene): string {
  const tones = REVIEW_PHRASES[scene.locale][scene.situation.voice];
  const { praise, doubts } = REVIEW_TEXTS[scene.locale][scene.subject];
  const tone = (name: ReviewTone): string | undefined => {
    return phrases.deal<string>(tones[name], (text) => suits(text, scene));
  };
  const praised = (): string | undefined => phrases.deal<Praise>(praise, (item) => praiseSuits(item, scene))?.text;
  const doubt = (): string | undefined => phrases.deal(doubts);
  const { random } = phrases;
  const drafts: Record<number, () => (string | undefined)[]> = {
    5: () =>
      random
        .shuffle([praised(), tone('delight'), ...(random.chance(0.35) ? [tone('delight')] : [])])
        .slice(0, random.integer(1, 3)),
    4: () => [random.chance(0.7) ? praised() : tone('delight'), tone('content')],
    3: () => [
      phrases.deal<string>(tones.content, (text) => !/в целом|on the whole|всё нравится/i.test(text)),
      random.chance(0.5) ? doubt() : tone('lukewarm'),
    ],
    2: () => [tone('lukewarm'), doubt()],
    1: () => [tone('unhappy'), ...(random.chance(0.5) ? [doubt()] : [])],
  };
  const sentences = (drafts[stars]?.() ?? []).filter((text) => text !== undefined);
  const unique = [...new Set(sentences.length > 0 ? sentences : [tone('delight') ?? ''])];
  return unique.map((text) => fill(text, { gender: scene.tutorGender, other: scene.learnerGender })).join(' ');
}

function praiseSuits(praise: Praise, { situation }: ReviewScene): boolean {
  const { voice = situation.voice, level = situation.level, about = '' } = praise;
  return voice === situation.voice && level === situation.level && situation.title.includes(about);
}

/** Nobody speaks of exams who takes none, or of marks at school in a music lesson. */
function suits(text: string, { situation, subject }: ReviewScene): boolean {
  if (situation.level !== 'EXAM' && /экзамен|exam/i.test(text)) return false;
  const outsideSchool = subject === 'piano' || subject === 'guitar' || subject === 'programming';
  return !(outsideSchool && /школ|оценк|школьн|school|marks|домашн|homework/i.test(text));
}
