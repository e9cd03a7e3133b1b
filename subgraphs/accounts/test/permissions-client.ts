import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

const SET = 'permissionSet { id name description permissions }';
const USER =
  'userPermissions { exceptions { permission isGranted expiresAt } permissionSets { permissionSet { id } } }';
const mutations = {
  setRolePermissions: ['SetRolePermissionsInput', 'rolePermissions { role permissions effectivePermissions }'],
  createPermissionSet: ['CreatePermissionSetInput', SET],
  updatePermissionSet: ['UpdatePermissionSetInput', SET],
  deletePermissionSet: ['DeletePermissionSetInput', 'deletedPermissionSetId'],
  grantUserPermission: ['UserPermissionInput', USER],
  denyUserPermission: ['UserPermissionInput', USER],
  clearUserPermission: ['ClearUserPermissionInput', USER],
  grantUserPermissionSet: ['GrantUserPermissionSetInput', USER],
  clearUserPermissionSet: ['ClearUserPermissionSetInput', USER],
} as const;

/** A mutation of the configurator. */
export type Configuration = keyof typeof mutations;

/** What a mutation of the configurator answers, as loose as a test needs it. */
export interface Configured {
  payload: Record<string, unknown> & { userErrors?: { code: string; field: string[] }[] };
  /** Codes of what was refused as data. */
  refused: string[];
  /** Codes of errors. */
  codes: string[];
}

/** Configures rights as somebody. */
export async function configure(
  graph: TestGraph,
  by: TestPerson,
  name: Configuration,
  input: object,
): Promise<Configured> {
  const [type, selection] = mutations[name];
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code field } } }`;
  const { data, codes } = await graph.run('accounts', query, { input }, by);
  const payload = (data[name] ?? {}) as Configured['payload'];
  return { payload, refused: (payload.userErrors ?? []).map(({ code }) => code), codes };
}

let count = 0;

/** Makes a permission set; gives its id. */
export async function newSet(graph: TestGraph, by: TestPerson, permissions: readonly string[]): Promise<string> {
  count += 1;
  const input = { name: `Set ${count}`, description: '', permissions };
  const { payload } = await configure(graph, by, 'createPermissionSet', input);
  return (payload['permissionSet'] as { id: string }).id;
}
