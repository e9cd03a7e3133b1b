import type { Logger } from '@tutorgraph/kit/telemetry/logger';

/** What may fail without there being no answer. */
export const degradedParts = ['TEXTS', 'SIMILAR_STUDENTS', 'MODEL', 'EXPERIMENTS', 'LANGUAGE_MODEL'] as const;
/** @see degradedParts */
export type DegradedPart = (typeof degradedParts)[number];

/** What failed while one answer was made, and goes on without it. */
export class Degradation {
  private readonly failed = new Set<DegradedPart>();

  constructor(private readonly logger: Logger) {}

  /** In a fixed order. */
  get parts(): DegradedPart[] {
    return degradedParts.filter((part) => this.failed.has(part));
  }

  /** Notes that a part has failed. */
  note(part: DegradedPart): void {
    this.failed.add(part);
  }

  /** The result of a part; what stands in for it when the part fails. */
  async attempt<Result>(part: DegradedPart, otherwise: Result, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (err) {
      this.failed.add(part);
      this.logger.warn({ err, part }, 'A part of recommendations failed; the list is made without it');
      return otherwise;
    }
  }
}
