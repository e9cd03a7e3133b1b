/** Directives of a room's own that composition keeps in the supergraph, under the address of their specification. */
export interface ComposedDirectives {
  /** Such as `https://specs.example.com/highlight/v1.0`. */
  url: string;
  /** Their definitions, as text: `directive @highlight on OBJECT`. */
  definitions: readonly string[];
}

/** How a room's schema says that it is federated. */
export interface FederationOptions {
  /** The minor version of the federation specification that it speaks. @default 9 */
  minor?: number;
  composed?: readonly ComposedDirectives[];
}

/** Directives of the specification, the minor version that brought each, and whether it is named in every room. */
const DIRECTIVES = [
  { name: 'key', since: 0, isEverywhere: true },
  { name: 'shareable', since: 0, isEverywhere: true },
  { name: 'external', since: 0, isEverywhere: true },
  { name: 'requires', since: 0, isEverywhere: true },
  { name: 'provides', since: 0, isEverywhere: true },
  { name: 'inaccessible', since: 0, isEverywhere: true },
  { name: 'tag', since: 0, isEverywhere: true },
  { name: 'override', since: 0, isEverywhere: true },
  { name: 'cost', since: 9, isEverywhere: true },
  { name: 'listSize', since: 9, isEverywhere: true },
  { name: 'extends', since: 0, isEverywhere: false },
  { name: 'composeDirective', since: 1, isEverywhere: false },
  { name: 'interfaceObject', since: 3, isEverywhere: false },
] as const;

const NEWEST_MINOR = 9;

/** Does this version know a directive, named without its `@`? */
export function knowsDirective(
  directive: (typeof DIRECTIVES)[number]['name'],
  { minor = NEWEST_MINOR }: FederationOptions = {},
) {
  return DIRECTIVES.some(({ name, since }) => name === directive && since <= minor);
}

/** What stands at the head of a federated schema: what it links, what it composes, and its own definitions of that. */
export function federationHead(sdl: string, { minor = NEWEST_MINOR, composed = [] }: FederationOptions = {}): string {
  const own = composed.map(({ url, definitions }) => ({ url, names: definitions.map(directiveName) }));
  const compositions = own.flatMap(({ names }) => names).map((name) => `@composeDirective(name: "@${name}")`);
  const text = `${sdl} ${compositions.join(' ')}`;
  const imports = DIRECTIVES.filter(({ name, since, isEverywhere }) => {
    return since <= minor && (isEverywhere || new RegExp(`@${name}\\b`).test(text));
  });
  const links = [
    link(`https://specs.apollo.dev/federation/v2.${minor}`, imports),
    ...own.map(({ url, names }) =>
      link(
        url,
        names.map((name) => ({ name })),
      ),
    ),
  ];
  const definitions = composed.flatMap((one) => one.definitions);
  return [`extend schema ${[...links, ...compositions].join(' ')}`, ...definitions].join('\n\n');
}

function link(url: string, imports: readonly { name: string }[]): string {
  return `@link(url: "${url}", import: [${imports.map(({ name }) => `"@${name}"`).join(', ')}])`;
}

/** @throws when the text defines no directive */
function directiveName(definition: string): string {
  const name = /^\s*directive\s+@(\w+)/.exec(definition)?.[1];
  if (name) return name;
  throw new Error(`Begin the definition of a composed directive with "directive @name on …", not "${definition}"`);
}
