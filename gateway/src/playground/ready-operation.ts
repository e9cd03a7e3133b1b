import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import { z } from 'zod';

/** An operation that the page offers to open with its variables filled. */
export interface ReadyOperation {
  /** The operation's name in the document. */
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly title: string;
  /** The heading it is listed under. */
  readonly group: string;
  /** One sentence on what it shows. */
  readonly about: string | undefined;
  /** The role of the demo user it is run as; nobody in particular when absent. */
  readonly as: string | undefined;
  /** The document without the leading comments. */
  readonly document: string;
  /**
   * A text `$name` or `$name|otherwise` in them is replaced by a value remembered from an earlier answer. `$code` is the
   * newest code in the development mailbox for whoever is signed in. `$random` anywhere in a text is replaced by a few
   * characters that differ each time, and `$inDays(7)` by the date so many days from today.
   */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Name → dotted path in the answer's `data`, or below `variables.`: what later operations' variables may use. */
  readonly remember: Readonly<Record<string, string>>;
}

const headerSchema = z.strictObject({
  title: z.string().min(1),
  group: z.string().min(1),
  about: z.string().optional(),
  as: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).default({}),
  remember: z.record(z.string(), z.string()).default({}),
});

const JSON_KEYS = new Set(['variables', 'remember']);

/**
 * Reads every `*.graphql` file of a folder, in the order of the files' names. Each holds one named operation below
 * comment lines `# Title:`, `# Group:` and, as needed, `# About:`, `# As:`, `# variables: {json}`, `# remember: {json}`.
 * @throws Error that names the file when one cannot be used
 */
export async function readReadyOperations(directory: string): Promise<ReadyOperation[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const path = join(directory, file);
      try {
        return parseReadyOperation(await readFile(path, 'utf8'));
      } catch (cause) {
        throw new Error(`${basename(path)} is no ready-made operation: correct it or take it out of ${directory}`, {
          cause,
        });
      }
    }),
  );
}

function parseReadyOperation(text: string): ReadyOperation {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  const document = lines.slice(end).join('\n').trim();
  const header = headerSchema.parse(Object.fromEntries(lines.slice(0, end).flatMap(headerEntry)));
  const operation = onlyOperation(document);
  return {
    ...header,
    about: header.about,
    as: header.as,
    name: operation.name,
    kind: operation.kind,
    document: `${document}\n`,
  };
}

function headerEntry(line: string): [string, unknown][] {
  const match = /^#\s*(\w+):\s*(.+)$/.exec(line);
  if (!match?.[1] || !match[2]) return [];
  const key = match[1].toLowerCase();
  return [[key, JSON_KEYS.has(key) ? JSON.parse(match[2]) : match[2].trim()]];
}

function onlyOperation(document: string): { name: string; kind: ReadyOperation['kind'] } {
  const operations = parse(document).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === 'OperationDefinition',
  );
  const [operation] = operations;
  if (operations.length !== 1 || !operation?.name) throw new Error('it must hold one named operation');
  return { name: operation.name.value, kind: KINDS[operation.operation] };
}

const KINDS = {
  [OperationTypeNode.QUERY]: 'query',
  [OperationTypeNode.MUTATION]: 'mutation',
  [OperationTypeNode.SUBSCRIPTION]: 'subscription',
} as const;
