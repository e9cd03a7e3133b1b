/** A GraphQL result as a client has it. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: unknown; extensions?: Record<string, unknown> }[];
}

const REFUSALS = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'EMAIL_NOT_VERIFIED']);
/** What a field may answer to whoever may use it, because the ids and texts of the operation are just any. */
const NO_MATTER_OF_RIGHTS = new Set(['BAD_USER_INPUT', 'NOT_FOUND']);

/**
 * What became of an operation on one root field: `allowed`, or the refusal's code. Anything else is told whole: a fault,
 * or an error that kept the operation from reaching the field.
 */
export function outcomeOf(field: string, { data, errors = [] }: Answer): string {
  const [error, ...others] = errors;
  if (!error) return 'allowed';
  const code = String(error.extensions?.['code']);
  const isAlone = others.length === 0 && (data?.[field] ?? null) === null;
  const isOfField = isAlone && JSON.stringify(error.path) === JSON.stringify([field]);
  // A subscription that does not start has no result in which there could be a path.
  if (REFUSALS.has(code) && (isOfField || (isAlone && !data))) return code;
  if (NO_MATTER_OF_RIGHTS.has(code) && isOfField) return 'allowed';
  return JSON.stringify(errors);
}
