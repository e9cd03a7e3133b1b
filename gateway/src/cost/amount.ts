/** Variables of one run, as they were sent, with the defaults of the operation. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number that is known, or that the variables of a run decide. */
export type Amount = number | ((variables: Variables) => number);

/** What an amount is in one run. */
export function amountIn(amount: Amount, variables: Variables): number {
  return typeof amount === 'number' ? amount : amount(variables);
}

/** All of them together. What is known is added up at once. */
export function sumOf(amounts: readonly Amount[]): Amount {
  let known = 0;
  const open: ((variables: Variables) => number)[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') known += amount;
    else open.push(amount);
  }
  return open.length === 0 ? known : (variables) => open.reduce((sum, amount) => sum + amount(variables), known);
}

/** As much, but never less than nothing. */
export function notNegative(amount: Amount): Amount {
  return typeof amount === 'number' ? Math.max(0, amount) : (variables) => Math.max(0, amount(variables));
}

/** The greatest of them; 0 of none. */
export function greatestOf(amounts: readonly Amount[]): Amount {
  const known = Math.max(0, ...amounts.filter((amount) => typeof amount === 'number'));
  const open = amounts.filter((amount) => typeof amount === 'function');
  if (open.length === 0) return known;
  return (variables) => open.reduce((most, amount) => Math.max(most, amount(variables)), known);
}

/** One as often as the other says. */
export function productOf(amount: Amount, times: Amount): Amount {
  if (amount === 0 || times === 0) return 0;
  if (typeof amount === 'number' && typeof times === 'number') return amount * times;
  return (variables) => amountIn(amount, variables) * amountIn(times, variables);
}
