import type { z } from 'zod';
import { languages } from './languages.js';
import { createMessages } from './messages.js';

type Values = Record<string, string | number>;
type Wording = readonly [key: string, values?: Values];

const text = createMessages(Object.fromEntries([...languages].map(([code, { messages }]) => [code, messages])));

const INVALID: Wording = ['input.invalid'];
const MISSING: Wording = ['input.missing'];

/** Says to a person, in their language, why a field of an input does not fit. */
export function inputError(locale: string, issue: z.core.$ZodRawIssue): string {
  const [key, values] = wordingOf(issue);
  return text(locale, key, values);
}

function wordingOf(issue: z.core.$ZodRawIssue): Wording {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return MISSING;
      return issue.expected === 'int' ? ['input.whole'] : INVALID;
    case 'invalid_value':
      return ['input.choice'];
    case 'invalid_format':
      return [issue.format === 'email' || issue.format === 'url' ? `input.${issue.format}` : 'input.format'];
    case 'too_small':
      return limitWording({ ...issue, limit: issue.minimum, side: 'least', beyond: 'more' });
    case 'too_big':
      return limitWording({ ...issue, limit: issue.maximum, side: 'most', beyond: 'less' });
    default:
      return INVALID;
  }
}

interface PassedLimit {
  origin: string;
  limit: number | bigint;
  side: 'least' | 'most';
  /** What is said instead of the side when the limit itself is not allowed. */
  beyond: 'more' | 'less';
  inclusive?: boolean | undefined;
  exact?: boolean | undefined;
}

function limitWording({ origin, limit, side, beyond, inclusive, exact }: PassedLimit): Wording {
  switch (origin) {
    case 'string':
      if (side === 'least' && limit === 1) return MISSING;
      return [`input.text.${exact ? 'exact' : side}`, { count: Number(limit) }];
    case 'array':
    case 'set':
      return [`input.list.${exact ? 'exact' : side}`, { limit: String(limit) }];
    case 'number':
    case 'int':
    case 'bigint':
      return [`input.number.${inclusive === false ? beyond : side}`, { limit: String(limit) }];
    default:
      return INVALID;
  }
}
