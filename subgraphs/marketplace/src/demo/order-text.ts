import { fill, type Gender } from '@tutorgraph/kit/demo/text';
import { ORDER_DETAILS, ORDER_TIMES } from './content/applications.js';
import type { OrderSituation } from './content/content.js';
import type { DemoFormat, DemoOrder } from './data.js';
import type { Posting } from './ledger.js';
import type { Phrases } from './phrases.js';

const WEEK = 7 * 86_400_000;
const SPEAKS_OF_TIME =
  /будн|выходн|вечер|суббот|после \d|раза? в неделю|evening|lunchtime|weekend|after 5|twice a week|hours a week|a week/i;

/** The texts of an order. */
export function describeOrder(
  phrases: Phrases,
  { student, situation, format, createdAt }: Posting,
  learnerGender: Gender,
): Pick<DemoOrder, 'description' | 'goal' | 'preferredTimes'> {
  const { locale } = student;
  const { random } = phrases;
  const details = ORDER_DETAILS[locale][situation.voice];
  const detail = random.chance(0.7)
    ? phrases.deal<string>(details, (text) => fits(text, situation, format))
    : undefined;
  const times = ORDER_TIMES[locale][situation.voice];
  const namesTime = !SPEAKS_OF_TIME.test(situation.description) && random.chance(0.6);
  const description = detail ? `${situation.description} ${detail}` : situation.description;
  return {
    description: fill(description, { gender: learnerGender }),
    goal: situation.weeks === undefined ? null : deadlineText(createdAt.getTime() + situation.weeks * WEEK, locale),
    preferredTimes: namesTime ? (phrases.deal<string>(times) ?? null) : null,
  };
}

/** How an order wants its lessons: what its text says, or else by chance. */
export function formatOf({ random }: Phrases, { title, description }: OrderSituation): DemoFormat {
  const text = `${title} ${description}`;
  if (/на дому|at our home/i.test(text)) return 'IN_PERSON';
  if (/онлайн|online/i.test(text)) return 'ONLINE';
  return random.chance(0.75) ? 'ONLINE' : 'IN_PERSON';
}

function fits(detail: string, { description }: OrderSituation, format: DemoFormat): boolean {
  const aboutScreens = /онлайн|online/i;
  return !aboutScreens.test(detail) || (format === 'ONLINE' && !aboutScreens.test(description));
}

function deadlineText(moment: number, locale: string): string {
  const russian = locale === 'ru';
  const format = new Intl.DateTimeFormat(russian ? 'ru' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const day = format.format(moment);
  return russian ? `Результат нужен к ${day}` : `To be reached by ${day}`;
}
