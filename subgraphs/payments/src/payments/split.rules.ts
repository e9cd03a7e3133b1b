/** How a lesson's price is divided, in minor units. */
export interface Split {
  /** The platform's; it contains the tax. */
  commissionMinor: number;
  /** The tutor's. */
  shareMinor: number;
  taxMinor: number;
}

/** What a payment is divided into; what is neither share nor tax is the platform's revenue. */
export interface Parts {
  amountMinor: number;
  shareMinor: number;
  taxMinor: number;
}

/** Tax in percent is exact to so many parts of one percent. */
const TAX_PRECISION = 1_000;

/** Divides a lesson's price between the tutor, the platform and the tax that the platform's part contains. */
export function splitLesson(amountMinor: number, commissionPercent: number, taxPercent: number): Split {
  const commissionMinor = proportion(amountMinor, commissionPercent, 100);
  return {
    commissionMinor,
    shareMinor: amountMinor - commissionMinor,
    taxMinor: taxWithin(commissionMinor, taxPercent),
  };
}

/** The tax that an amount contains, in minor units. */
export function taxWithin(amountMinor: number, taxPercent: number): number {
  const tax = Math.round(taxPercent * TAX_PRECISION);
  return proportion(amountMinor, tax, 100 * TAX_PRECISION + tax);
}

/**
 * Of a payment, what the tutor and the tax give to a refund when so much has gone back before it. All refunds together
 * take the parts in proportion, whatever steps they came in, and a full refund takes exactly all.
 */
export function refundParts(
  payment: Parts,
  refundedBeforeMinor: number,
  refundMinor: number,
): { shareMinor: number; taxMinor: number } {
  const before = partsOfRefunds(payment, refundedBeforeMinor);
  const after = partsOfRefunds(payment, refundedBeforeMinor + refundMinor);
  return { shareMinor: after.shareMinor - before.shareMinor, taxMinor: after.taxMinor - before.taxMinor };
}

function partsOfRefunds(payment: Parts, refundedMinor: number): { shareMinor: number; taxMinor: number } {
  const { amountMinor } = payment;
  const shareMinor = proportion(payment.shareMinor, refundedMinor, amountMinor);
  // Of what the share leaves, not of the whole: rounded each for itself, the two could come to more than the refund.
  const taxMinor = proportion(payment.taxMinor, refundedMinor - shareMinor, amountMinor - payment.shareMinor);
  return { shareMinor, taxMinor };
}

/** Value × part / whole, half up; exact for whatever fits a safe integer. */
function proportion(value: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  return Number((2n * BigInt(value) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
}

/**
 * What the next lesson of a package costs: an equal part of what is left, so that the last one takes the remainder, also
 * after lessons came back or were paid back.
 */
export function packageLessonPrice(creditMinor: number, lessonsLeft: number): number {
  return lessonsLeft > 0 ? Math.floor(creditMinor / lessonsLeft) : 0;
}
