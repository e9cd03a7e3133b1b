import { Cohort } from './cohort.js';
import { type RiskView, riskRow, riskView } from './risk-features.js';
import type { RiskHistory } from './risk-history.js';
import { type RiskModel, riskScore } from './risk-model.js';
import type { RiskClass, RiskRecord } from './risk-records.js';

/** Scores who learns the same, on any of the days that they have come to. */
export class ClassScorer {
  readonly #class: RiskClass;
  readonly #model: RiskModel;
  readonly #cohorts = new Map<number, Cohort>();

  constructor(all: RiskClass, model: RiskModel) {
    this.#class = all;
    this.#model = model;
  }

  /** @param day of the course as it was for this student; before it begins nothing is expected of anybody */
  score({ history }: RiskRecord, day: number): { score: number; view: RiskView } {
    const view = riskView(history, this.#cohort(Math.max(0, day)));
    return { score: riskScore(this.#model, riskRow(view)), view };
  }

  #cohort(day: number): Cohort {
    const known = this.#cohorts.get(day);
    if (known) return known;
    const cohort = new Cohort(this.#class.course, peersOn(this.#class.records, day), day);
    this.#cohorts.set(day, cohort);
    return cohort;
  }
}

/** Who has come as far as this day, and had not left by then. */
function peersOn(records: readonly RiskRecord[], day: number): RiskHistory[] {
  return records
    .filter(({ today, status, history: { endDay } }) => {
      const hasLeft = status === 'DROPPED' && endDay !== undefined && endDay <= day;
      return today >= day && !hasLeft;
    })
    .map(({ history }) => history);
}
