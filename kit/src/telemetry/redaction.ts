const HIDDEN = '[hidden]';
const DEEPEST = 8;
const LONGEST_LIST = 100;

/** Keys, without case, `_` and `-`, whose values never leave the process. */
const SECRET_KEY =
  /^(authorization|proxyauthorization|cookie|setcookie|jwt|dsn|otp|pin|iban|cvc|cvv|address|birthday|birthdate|dateofbirth)$|password|passphrase|secret|token$|^token|apikey|privatekey|credential|email|phone|^(first|last|full|display|user|middle)name$|cardnumber|clientaddress|forwardedfor|^ip$|^ipaddress$|remoteaddress/;

const MASKS: readonly (readonly [RegExp, string])[] = [
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, '$1'],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s?"'#]+)[?#][^\s"']*/gi, '$1'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[email]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  [/(Key \([^)]*\)=)\(.*?\)(?= |$)/g, '$1(…)'],
  [/\+\d[\d ()-]{8,}\d/g, '[phone]'],
];

/** Properties of an error that name a fault and never a person. */
const ERROR_FACTS = ['code', 'constraint', 'table', 'schema', 'severity', 'status', 'statusCode', 'syscall', 'port'];

/** Hides addresses, tokens, phone numbers, URL credentials and URL queries inside a text. */
export function maskText(text: string): string {
  return MASKS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}

/**
 * A copy of a value that may be logged or sent away: values under secret or personal keys are hidden at any depth,
 * errors become plain objects without the values of the statement or request that failed, texts are masked.
 *
 * Hand-written because pino's own redaction knows fixed paths only, not a key at any depth.
 */
export function redact(value: unknown): unknown {
  return copy(value, 0, new Set());
}

/** {@link redact} for the fields of a log line or report. */
export function redactFields(fields: object): Record<string, unknown> {
  return copyEntries(Object.entries(fields), 1, new Set([fields]));
}

function copy(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= DEEPEST || above.has(value)) return '[…]';
  above.add(value);
  try {
    return copyObject(value, depth + 1, above);
  } finally {
    above.delete(value);
  }
}

function copyObject(value: object, depth: number, above: Set<object>): unknown {
  if (value instanceof Error) return copyError(value, depth, above);
  if (value instanceof URL) return maskText(value.href);
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((item) => copy(item, depth, above));
  if (value instanceof Map)
    return copyEntries(
      [...value].map(([key, item]) => [String(key), item]),
      depth,
      above,
    );
  if (value instanceof Set) return copyObject([...value], depth, above);
  return copyEntries(Object.entries(value), depth, above);
}

function copyEntries(entries: [string, unknown][], depth: number, above: Set<object>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    const isSecret = SECRET_KEY.test(key.toLowerCase().replace(/[_-]/g, ''));
    result[key] = isSecret && item !== undefined && item !== null ? HIDDEN : copy(item, depth, above);
  }
  return result;
}

function copyError(error: Error, depth: number, above: Set<object>): Record<string, unknown> {
  const message = maskText(error.message);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const result: Record<string, unknown> = { type: error.name, message };
  for (const key of ERROR_FACTS) {
    const fact: unknown = Reflect.get(error, key);
    if (typeof fact === 'string' || typeof fact === 'number') result[key] = fact;
  }
  const extensions: unknown = Reflect.get(error, 'extensions');
  if (isCoded(extensions)) result.code = extensions.code;
  result.stack = [`${error.name}: ${message}`, ...frames].join('\n');
  const cause: unknown = error.cause ?? Reflect.get(error, 'originalError');
  if (cause !== undefined && cause !== null) result.cause = copy(cause, depth, above);
  if (error instanceof AggregateError) result.errors = copy(error.errors, depth, above);
  return result;
}

function isCoded(value: unknown): value is { code: string } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}
