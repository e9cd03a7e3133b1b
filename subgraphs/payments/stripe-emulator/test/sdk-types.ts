import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.resolve('stripe'))), 'resources');

interface Field {
  isOptional: boolean;
  type: string;
}

/** An interface or a type alias, by its dotted name within its file. */
interface Declared {
  fields?: Map<string, Field>;
  parents?: string[];
  alias?: string;
}

/** One declaration file of the SDK, as far as its objects go. */
class Declarations {
  readonly declared = new Map<string, Declared>();
  /** Where names come from that are not declared here. */
  readonly imports = new Map<string, string>();

  constructor(readonly file: string) {
    const text = readFileSync(file, 'utf8').replaceAll(/\/\*\*.*?\*\//gs, '');
    for (const [, names = '', from = ''] of text.matchAll(/import \{ ([^}]*) \} from '([^']*)'/g)) {
      for (const name of names.split(', ')) this.imports.set(name, from);
    }
    for (const [, name = '', from = ''] of text.matchAll(/import \* as (\w+) from '([^']*)'/g)) {
      this.imports.set(`${name}.*`, from);
    }
    for (const [, name = '', from = ''] of text.matchAll(/export \{ (\w+) \} from '([^']*)'/g)) {
      this.imports.set(name, from);
    }
    this.read(text, '');
  }

  private read(text: string, scope: string): void {
    const start = /\b(interface|namespace|class|type) (\w+)([^{=]*)(\{|=)/g;
    for (let match = start.exec(text); match; match = start.exec(text)) {
      const [, kind, name = '', head = '', opening] = match;
      const end = opening === '=' ? endOfType(text, start.lastIndex) : endOfBlock(text, start.lastIndex);
      const body = text.slice(start.lastIndex, end);
      const full = scope === '' ? name : `${scope}.${name}`;
      if (kind === 'namespace') this.read(body, full);
      else if (kind === 'type') this.declared.set(full, { alias: body.trim() });
      else if (kind === 'interface') this.declared.set(full, { fields: fieldsOf(body), parents: parentsOf(head) });
      start.lastIndex = end;
    }
  }
}

const files = new Map<string, Declarations>();

function load(path: string): Declarations {
  const file = path.replace(/\.js$/, '.d.ts');
  const known = files.get(file) ?? new Declarations(file);
  files.set(file, known);
  return known;
}

/**
 * What is wrong with a value that should have one of the SDK's types: fields that are missing or that the type does
 * not know, values of another type.
 *
 * @param source the SDK's file and the interface in it, such as `Charges#Charge`
 */
export function problemsOf(value: unknown, source: string): string[] {
  const [file = '', name = ''] = source.split('#');
  return check(value, name, load(join(ROOT, `${file}.d.ts`)), '', name);
}

function check(value: unknown, type: string, within: Declarations, scope: string, path: string): string[] {
  let least: string[] | undefined;
  for (const alternative of split(type, '|')) {
    const problems = checkOne(value, alternative, within, scope, path);
    if (problems.length === 0) return [];
    // Of several types, the one that fits an object's own name, or else best, is the one that was meant.
    if (!least || problems.length < least.length) least = problems;
  }
  return least ?? [];
}

function checkOne(value: unknown, type: string, within: Declarations, scope: string, path: string): string[] {
  const wrong = [`${path} is ${JSON.stringify(value)?.slice(0, 60)}, not ${type}`];
  const isObject = typeof value === 'object' && value !== null;
  if (type === 'null') return value === null ? [] : wrong;
  if (type === 'void') return value === undefined ? [] : wrong;
  if (type === 'string' || type === 'number' || type === 'boolean') return typeof value === type ? [] : wrong;
  if (type === 'OtherString') return [`${path} is ${JSON.stringify(value)}, which the SDK does not name`];
  if (/^'.*'$/.test(type)) return value === type.slice(1, -1) ? [] : wrong;
  if (type === 'true' || type === 'false') return String(value) === type ? [] : wrong;
  // A text on the wire, of which the SDK makes a number of its own.
  if (type === 'Decimal') return typeof value === 'string' || isObject ? [] : wrong;
  const [, generic, argument = ''] = /^(\w+)<(.*)>$/s.exec(type) ?? [];
  if (generic === 'Array') {
    if (!Array.isArray(value)) return wrong;
    return value.flatMap((item, index) => check(item, argument, within, scope, `${path}[${index}]`));
  }
  if (generic === 'Partial') {
    const isMissing = / is missing$/;
    return check(value, argument, within, scope, path).filter((problem) => !isMissing.test(problem));
  }
  if (generic === 'ApiList') {
    if (!isObject || Reflect.get(value, 'object') !== 'list') return wrong;
    return check(Reflect.get(value, 'data'), `Array<${argument}>`, within, scope, `${path}.data`);
  }
  if (type.startsWith('{')) return isObject ? [] : wrong;
  const found = find(type, within, scope);
  if (!found) throw new Error(`${within.file} uses ${type}, which this reader does not find`);
  if (found.declared.alias !== undefined) {
    return check(value, found.declared.alias, found.within, found.scope, path);
  }
  return isObject ? checkFields(value, found, path) : wrong;
}

interface Found {
  declared: Declared;
  within: Declarations;
  /** The namespace of what is declared under its name. */
  scope: string;
}

function checkFields(value: object, found: Found, path: string): string[] {
  const fields = allFields(found);
  const unknown = Object.keys(value).filter((key) => !fields.has(key));
  const problems = unknown.map((key) => `${path}.${key} is not known to the SDK`);
  for (const [key, { isOptional, type }] of fields) {
    const part: unknown = Reflect.get(value, key);
    if (part === undefined) {
      if (!isOptional && type !== 'void') problems.push(`${path}.${key} is missing`);
    } else problems.push(...check(part, type, found.within, found.scope, `${path}.${key}`));
  }
  return problems;
}

function allFields({ declared, within, scope }: Found): Map<string, Field> {
  const inherited = (declared.parents ?? []).flatMap((parent) => {
    const found = find(parent, within, scope);
    return found ? [...allFields(found)] : [];
  });
  return new Map([...inherited, ...(declared.fields ?? [])]);
}

/** A name is looked for from the innermost namespace outwards, then among what the file imports. */
function find(name: string, within: Declarations, scope: string): Found | undefined {
  for (let at = scope; ; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const full = at === '' ? name : `${at}.${name}`;
    const declared = within.declared.get(full);
    if (declared) return { declared, within, scope: full };
    if (at === '') break;
  }
  const [first = '', ...rest] = name.split('.');
  const from = within.imports.get(first) ?? within.imports.get(`${first}.*`);
  if (from === undefined) return undefined;
  const other = load(resolve(dirname(within.file), from));
  // A namespace that is a class too exports what is in it a second time, without its name.
  return (within.imports.has(first) ? find(name, other, '') : undefined) ?? find(rest.join('.'), other, '');
}

function fieldsOf(body: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const member of split(body, ';')) {
    const [, name = '', optional, type = ''] = /^'?([\w.]+)'?(\?)?: (.*)$/s.exec(member) ?? [];
    if (name !== '') fields.set(name, { isOptional: optional === '?', type: type.trim() });
  }
  return fields;
}

function parentsOf(head: string): string[] {
  return head
    .replace('extends', '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Parts between separators that are in no bracket and in no text. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [depth, from, isText] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === "'") isText = !isText;
    if (isText) continue;
    if ('{<([['.includes(character)) depth += 1;
    if ('}>)]'.includes(character)) depth -= 1;
    if (depth === 0 && character === separator) {
      parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}

function endOfBlock(text: string, from: number): number {
  for (let [index, depth] = [from, 1]; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return text.length;
}

function endOfType(text: string, from: number): number {
  return from + (split(text.slice(from), ';')[0]?.length ?? 0) + 1;
}
