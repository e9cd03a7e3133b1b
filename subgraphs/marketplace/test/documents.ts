import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { Market } from './market.js';

const REQUEST = `mutation ($input: RequestUploadInput!) {
  requestUpload(input: $input) { upload { id } url headers { name value } userErrors { code } }
}`;
const CONFIRM = `mutation ($uploadId: ID!) {
  confirmUpload(input: { uploadId: $uploadId }) { upload { status } userErrors { code } }
}`;

interface Place {
  upload: { id: string };
  url: string;
  headers: { name: string; value: string }[];
}

/** A PDF of one empty page. */
export const PDF = emptyPage();

function emptyPage(): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(`${text}${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`);
}

/** Asks accounts for a place, where nothing is put yet. */
export async function requestDocument(market: Market, person: TestPerson, kind = 'DOCUMENT'): Promise<Place> {
  const contentType = kind === 'DOCUMENT' ? 'application/pdf' : 'image/png';
  const input = { kind, contentType, size: PDF.length };
  const { data } = await market.graph.run('accounts', REQUEST, { input }, person);
  return data['requestUpload'] as Place;
}

/** Uploads a document through accounts, as a client does. The graph must serve its files. */
export async function uploadDocument(market: Market, person: TestPerson): Promise<string> {
  const { upload, url, headers } = await requestDocument(market, person);
  const named = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  await fetch(url, { method: 'PUT', headers: named, body: PDF });
  const { data } = await market.graph.run('accounts', CONFIRM, { uploadId: upload.id }, person);
  const { userErrors } = data['confirmUpload'] as { userErrors: unknown[] };
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return upload.id;
}

/** Submits a diploma, or what else is wanted, with a document. */
export async function submitProof(market: Market, tutor: TestPerson, change: object = {}): Promise<string> {
  const input = { ...PROOF, uploadIds: [await uploadDocument(market, tutor)], ...change };
  return (await market.made('submitVerification', input, tutor, 'verification')).id;
}

/** A proof that is in order, but for its documents. */
export const PROOF = {
  kind: 'DIPLOMA',
  title: 'Master of Mathematics',
  issuer: 'A university',
  number: 'M-1234',
  issuedOn: '2015-06-30',
};
