/** Values of an enum for type-graphql's registerEnumType: each name stands for itself. */
export function enumOf<Name extends string>(names: readonly Name[]): { [Key in Name]: Key } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [Key in Name]: Key };
}
