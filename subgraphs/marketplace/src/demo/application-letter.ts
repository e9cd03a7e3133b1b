import { countRu, fill } from '@tutorgraph/kit/demo/text';
import { APPLICATIONS } from './content/applications.js';
import type { OrderSituation } from './content/content.js';
import type { SubjectFacts } from './content/subjects.js';
import type { Phrases } from './phrases.js';
import { priceText } from './rates.js';
import type { MadeTutor } from './tutors.js';

/** What an application answers. */
export interface Letter {
  tutor: MadeTutor;
  subject: SubjectFacts;
  situation: OrderSituation;
  /** Replies that other applications to the same order have used; the letter adds its own. */
  taken: Set<string>;
  price: { amountMinor: number; currency: string };
  withinBudget: boolean;
}

const BOASTING = '+';
const EXPERIENCED_YEARS = 5;

/** A message that answers this very order. */
export function writeLetter(phrases: Phrases, letter: Letter): string {
  const { tutor, subject, price } = letter;
  const { locale, experienceYears } = tutor.profile;
  const texts = APPLICATIONS[locale];
  const parts = [
    phrases.deal<string>(texts.greetings),
    chooseReply(phrases, letter),
    phrases.deal<string>(experienceYears < 3 ? texts.beginner : texts.experience),
    phrases.deal<string>(texts.offers, (text) => letter.withinBudget || !/бюджет|budget/.test(text)),
  ];
  const values = {
    years: locale === 'ru' ? countRu(experienceYears, 'год', 'года', 'лет') : `${experienceYears} years`,
    subject: locale === 'ru' ? subject.inside.acc : subject.inside.en,
    price: priceText(price.amountMinor, price.currency, locale),
  };
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => fill(part ?? '', { gender: tutor.persona.gender, values }))
    .join(' ');
}

function chooseReply(phrases: Phrases, { tutor, situation, taken }: Letter): string | undefined {
  const free = (text: string): boolean => !taken.has(text);
  const believable = (text: string): boolean => {
    return free(text) && (!text.startsWith(BOASTING) || tutor.profile.experienceYears >= EXPERIENCED_YEARS);
  };
  const reply =
    phrases.deal(situation.replies, believable) ??
    phrases.deal<string>(APPLICATIONS[tutor.profile.locale].generic, free);
  if (reply) taken.add(reply);
  return reply?.replace(BOASTING, '');
}
