const STEPS = [10, 15, 20, 30, 50, 70];

/** Where the band of prices begins in which an amount lies: at 1, 1.5, 2, 3, 5 or 7 times a power of ten. */
export function startOfBand(amount: number): number {
  const unit = unitOf(amount);
  const step = STEPS.findLast((candidate) => (candidate * unit) / 10 <= amount) ?? 10;
  return Math.ceil((step * unit) / 10);
}

/** Where the band ends that begins at this amount: the least amount that lies beyond it. */
export function endOfBand(from: number): number {
  const unit = unitOf(from);
  const step = STEPS.find((candidate) => (candidate * unit) / 10 > from) ?? 100;
  return Math.ceil((step * unit) / 10);
}

/** The power of ten with as many digits. */
function unitOf(amount: number): number {
  return 10 ** (String(amount).length - 1);
}
