import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

const FIELDS = 'id kind status contentType size url';
export const REQUEST_UPLOAD = `mutation ($input: RequestUploadInput!) {
  requestUpload(input: $input) {
    upload { ${FIELDS} } url headers { name value } expiresAt userErrors { code field message }
  }
}`;
export const CONFIRM_UPLOAD = `mutation ($uploadId: ID!) {
  confirmUpload(input: { uploadId: $uploadId }) { upload { ${FIELDS} } userErrors { code field message } }
}`;

/** An upload as the API gives it. */
export interface UploadOfApi {
  id: string;
  kind: string;
  status: string;
  contentType: string;
  size: number;
  url: string | null;
}

/** A place to put a file. */
export interface Place {
  upload: UploadOfApi;
  url: string;
  headers: { name: string; value: string }[];
  expiresAt: string;
}

/** Asks for a place to put a file. @throws when it is refused */
export async function requestUpload(
  graph: TestGraph,
  person: TestPerson,
  file: { kind?: string; contentType: string; size: number },
): Promise<Place> {
  const { data, errors } = await graph.run('accounts', REQUEST_UPLOAD, { input: { kind: 'AVATAR', ...file } }, person);
  const { requestUpload: place } = data as { requestUpload: Place & { userErrors: unknown[] } };
  if (errors || place.userErrors.length > 0) throw new Error(JSON.stringify(errors ?? place.userErrors));
  return place;
}

/** Puts a file by HTTP; answers the status. */
export async function put(
  { url, headers }: Place,
  body: Uint8Array,
  more: Record<string, string> = {},
): Promise<number> {
  const named = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  const response = await fetch(url, { method: 'PUT', headers: { ...named, ...more }, body });
  return response.status;
}

/** Confirms an upload; answers it, or the codes with which it was refused. */
export async function confirm(graph: TestGraph, person: TestPerson, uploadId: string) {
  const { data, codes } = await graph.run('accounts', CONFIRM_UPLOAD, { uploadId }, person);
  const { confirmUpload } = data as { confirmUpload?: { upload: UploadOfApi | null; userErrors: { code: string }[] } };
  return {
    upload: confirmUpload?.upload,
    codes: [...codes, ...(confirmUpload?.userErrors ?? []).map(({ code }) => code)],
  };
}

/** Requests, puts and confirms a file. @throws when it is refused */
export async function upload(
  graph: TestGraph,
  person: TestPerson,
  body: Uint8Array,
  { kind = 'AVATAR', contentType = 'image/jpeg' } = {},
): Promise<UploadOfApi> {
  const place = await requestUpload(graph, person, { kind, contentType, size: body.length });
  await put(place, body);
  const { upload: confirmed, codes } = await confirm(graph, person, place.upload.id);
  if (!confirmed) throw new Error(codes.join());
  return confirmed;
}

/** Keys of everything in the storage. */
export async function storedKeys(graph: TestGraph, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of graph.files.storage.list(prefix)) keys.push(key);
  return keys.sort();
}
