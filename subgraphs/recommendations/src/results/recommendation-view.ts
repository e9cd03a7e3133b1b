import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { ModelContent } from '../ranking/ranking-model.js';
import type { Wish } from '../ranking/wish.js';
import { type CompatibilityParts, compatibility } from './compatibility.rules.js';
import { toldChance } from './match-score.rules.js';
import type { RankedList, RankedTutor } from './recommend.js';
import { type RecommendationReason, reasonsFor } from './recommendation-reasons.js';

/** A reason, ready to be shown. */
export interface ToldReason extends RecommendationReason {
  text: string;
}

/** A tutor who is recommended, as the graph has it; what is not asked for is not computed. */
export interface Recommendation {
  tutor: { id: string };
  score: number;
  chanceOfSuccess: number;
  explored: boolean;
  sponsored: boolean;
  compatibility: () => CompatibilityParts;
  reasons: () => Promise<ToldReason[]>;
}

/** Shows tutors of one list to one viewer. */
export class RecommendationView {
  private model: Promise<{ content: ModelContent }> | undefined;

  constructor(
    private readonly context: RequestContext,
    private readonly wish: Wish,
    private readonly list: Pick<RankedList, 'subject' | 'computedAt'>,
    /** The model that has ranked; asked once, when a reason is. */
    private readonly loadModel: () => Promise<{ content: ModelContent }>,
  ) {}

  of(tutor: RankedTutor): Recommendation {
    return {
      tutor: { id: tutor.tutorId },
      score: tutor.match,
      chanceOfSuccess: toldChance(tutor.chance),
      explored: tutor.explored,
      sponsored: false,
      compatibility: () => compatibility(tutor.facts, this.wish),
      reasons: () => this.reasons(tutor),
    };
  }

  private async reasons({ facts, row }: RankedTutor): Promise<ToldReason[]> {
    this.model ??= this.loadModel();
    const { content } = await this.model;
    const view = { tutor: facts, wish: this.wish, subject: this.list.subject, now: this.list.computedAt };
    return reasonsFor(content, row, view).map((reason) => ({ ...reason, text: reasonText(this.context, reason) }));
  }
}

/** A reason in the viewer's language. */
export function reasonText(context: RequestContext, { code, value }: RecommendationReason): string {
  if (value === null) return context.text(`REASON_${code}`);
  const figure = formatOf(context.locale).format(value);
  return context.text(`REASON_${code}`, { value: figure, count: Math.round(value) });
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than all else that a reason does; locales are those that accounts knows. */
function formatOf(locale: string): Intl.NumberFormat {
  const known = formats.get(locale);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  if (formats.size >= 100) formats.clear();
  formats.set(locale, made);
  return made;
}
