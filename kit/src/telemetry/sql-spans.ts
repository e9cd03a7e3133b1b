import { currentSpan, type TraceSpan } from './tracing.js';

const LITERALS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"]|"")*"|\b[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$|\$\d+|\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/g;
const LISTS = /\(\s*(?:\?|\$\d+)(?:\s*,\s*(?:\?|\$\d+))+\s*\)/g;

/** A statement without the values in its text: literals are `?`, comments are gone, lists of values are `(?)`. */
export function withoutValues(sql: string): string {
  return sql
    .replace(LITERALS, (found) => {
      if (found.startsWith('"') || /^\$\d+$/.test(found)) return found;
      return found.startsWith('--') || found.startsWith('/*') ? '' : '?';
    })
    .replace(LISTS, '(?)')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Begins the span of a statement, when something that is traced sends it. */
export function beginStatement(sql: string): TraceSpan | undefined {
  const parent = currentSpan();
  if (!parent?.isRecorded) return undefined;
  const text = withoutValues(sql);
  const [operation = 'SQL'] = text.split(' ', 1);
  const name = operation.toUpperCase();
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': name, 'db.query.text': text };
  return parent.child(name, { kind: 'client', attributes });
}
