import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

/** Runs a mutation that must succeed. @returns the id of what it made */
export async function made(
  graph: TestGraph,
  field: string,
  input: object,
  person: TestPerson,
  name: string,
  room = 'marketplace',
): Promise<string> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${name} { id } userErrors { code field } } }`;
  const { data, errors } = await graph.run(room, query, { input }, person);
  const payload = data[field] as Record<string, { id: string } | null> | null;
  const id = payload?.[name]?.id;
  if (!id) throw new Error(`${field} was refused: ${JSON.stringify([errors, payload])}`);
  return id;
}
