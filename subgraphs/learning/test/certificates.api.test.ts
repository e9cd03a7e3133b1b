import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import { createLocalJWKSet, EmbeddedJWK, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Learning, type PlantedCourse } from './learning-fixtures.js';

const FIELDS = `certificate { id code status holderName courseTitle score issuedAt revokedAt revocationReason verifyUrl pdfUrl badgeUrl
  student { id } }`;
const VERIFY =
  '($code: String!) { verifyCertificate(code: $code) { status holderName courseTitle issuedAt revokedAt badgeUrl } }';

interface Shown {
  id: string;
  code: string;
  status: string;
  holderName: string;
  score: number | null;
}

let school: Learning;
let served: ServedSubgraph;
let admin: Awaited<ReturnType<Learning['graph']['person']>>;
let course: PlantedCourse;

beforeAll(async () => {
  school = await Learning.open({ SCHOOL_NAME: 'Школа «Полёт»' });
  served = await school.graph.serve('learning');
  admin = await school.graph.person('ADMIN');
  course = await school.course({ title: 'Английский для путешествий', language: 'ru', certificateRule: 'COMPLETION' });
});

afterAll(async () => {
  await served?.close();
  await school?.close();
});

/** Somebody called so who completes the course, and the certificate that they get for it. */
async function graduate(firstName = 'Анна', lastName = 'Ёлкина') {
  const person = await school.graph.person('STUDENT', { firstName, lastName });
  const studentId = await school.unclaimed(null, { userId: person.userId });
  const enrollmentId = await school.enrollment(studentId, course, { status: 'COMPLETED' });
  const { payload, refused } = await school.mutate('issueCertificate', { enrollmentId }, admin, FIELDS);
  expect(refused).toEqual([]);
  return { person, studentId, enrollmentId, certificate: payload?.['certificate'] as Shown };
}

const fetchPath = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(`/certificates/${path}`, served.url), { headers });

const verify = (code: string) => school.ask<Record<string, string | null>>(`query ${VERIFY}`, { code });

describe('a certificate', () => {
  it('is issued by itself when a course is completed whose rule says so, once', async () => {
    const { studentId, person } = await school.student();
    const enrollmentId = await school.enrollment(studentId, course, { status: 'COMPLETED' });
    const event = { studentId, userId: person.userId, courseId: course.courseId, cohortId: null };
    const issued = `query { myStudent { certificates { totalCount edges { node { code holderName status } } } } }`;
    for (let time = 0; time < 2; time++) await complete(enrollmentId, event);
    const read = () => school.ask<{ certificates: { totalCount: number } }>(issued, {}, person);
    await expect.poll(read, { timeout: 20_000 }).toMatchObject({ certificates: { totalCount: 1 } });
    await school.published();
    expect(await read()).toMatchObject({ certificates: { totalCount: 1 } });
    expect(await school.told(studentId)).toContain('certificate.issued');
  });

  it('names its holder and is verified by anybody who has its code', async () => {
    const { certificate, studentId } = await graduate();
    expect(certificate).toMatchObject({
      status: 'VALID',
      holderName: 'Анна Ёлкина',
      courseTitle: 'Английский для путешествий',
      score: null,
      student: { id: studentId },
      verifyUrl: `http://room.test/certificates/${certificate.code}`,
    });
    expect(await verify(certificate.code.toLowerCase().replaceAll('-', ''))).toMatchObject({
      status: 'VALID',
      holderName: 'Анна Ёлкина',
    });
    expect(await verify('0000-0000-0000')).toMatchObject({ status: 'UNKNOWN', holderName: null, courseTitle: null });
  });

  it('is seen by its holder and by staff, not by other students', async () => {
    const { certificate, person } = await graduate();
    const stranger = await school.graph.person('STUDENT');
    const query = 'query ($id: ID!) { certificate(id: $id) { id } }';
    const seen = await Promise.all(
      [person, admin, stranger].map((viewer) => school.ask(query, { id: certificate.id }, viewer)),
    );
    expect(seen).toEqual([{ id: certificate.id }, { id: certificate.id }, null]);
  });

  it('is refused before the course is completed, and twice', async () => {
    const { enrollmentId } = await graduate();
    expect((await school.mutate('issueCertificate', { enrollmentId }, admin)).refused).toEqual(['CERTIFICATE_EXISTS']);
    const learner = await school.student();
    const active = await school.enrollment(learner.studentId, course);
    expect((await school.mutate('issueCertificate', { enrollmentId: active }, admin)).refused).toEqual([
      'NOT_COMPLETED',
    ]);
    expect((await school.mutate('issueCertificate', { enrollmentId: 'x' }, admin)).refused).toEqual(['NOT_FOUND']);
    expect((await school.mutate('issueCertificate', { enrollmentId }, learner.person)).codes).toEqual(['FORBIDDEN']);
  });

  it('holds no longer once it was revoked, and can be issued anew', async () => {
    const { certificate, enrollmentId } = await graduate();
    const revoke = (reason: string) =>
      school.mutate('revokeCertificate', { certificateId: certificate.id, reason }, admin, FIELDS);
    expect((await revoke('')).refused).toEqual(['INVALID_INPUT']);
    await revoke('Somebody else did the tests');
    expect((await revoke('Twice is once')).payload?.['certificate']).toMatchObject({
      status: 'REVOKED',
      revocationReason: 'Somebody else did the tests',
      pdfUrl: null,
      badgeUrl: null,
    });
    expect(await verify(certificate.code)).toMatchObject({ status: 'REVOKED', holderName: null, badgeUrl: null });
    expect((await fetchPath(`${certificate.code}.pdf`)).status).toBe(404);
    expect((await fetchPath(`${certificate.code}/badge`)).status).toBe(404);
    const { revokedCredential } = (await (await fetchPath('revocations')).json()) as { revokedCredential: unknown[] };
    expect(revokedCredential).toContainEqual({
      id: `http://room.test/certificates/${certificate.code}`,
      revoked: true,
    });
    expect((await school.mutate('issueCertificate', { enrollmentId }, admin)).refused).toEqual([]);
  });

  it('is issued once when staff and the rule do so at the same moment', async () => {
    const { studentId } = await school.student();
    const enrollmentId = await school.enrollment(studentId, course, { status: 'COMPLETED' });
    const all = await Promise.all(
      Array.from({ length: 6 }, () => school.mutate('issueCertificate', { enrollmentId }, admin)),
    );
    expect(all.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('CERTIFICATE_EXISTS'));
  });

  it('loses the name of a holder who is forgotten, and holds no longer', async () => {
    const { certificate, person } = await graduate('Пётр', 'Забытый');
    const { learningPrivacy } = await import('../src/privacy/learning-privacy.js');
    const { sections } = await learningPrivacy.collect(school.em, person.userId);
    expect(sections['certificates']).toMatchObject([{ code: certificate.code, holderName: 'Пётр Забытый' }]);
    await school.em.transactional((tx) => learningPrivacy.erase(tx as never, person.userId));
    expect(await verify(certificate.code)).toMatchObject({ status: 'REVOKED', holderName: null });
    const rows = await school.sql('select * from learning.certificates where code = ?', [certificate.code]);
    expect(JSON.stringify(rows)).not.toContain('Забытый');
  });
});

describe('the public addresses of a certificate', () => {
  it('show a page in its language that escapes what people are called', async () => {
    const { certificate } = await graduate('<b>Eve', 'O"Neil');
    const answer = await fetchPath(certificate.code);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await answer.text();
    expect(html).toContain('Сертификат действителен.');
    expect(html).toContain('&lt;b&gt;Eve O&quot;Neil');
    expect(html).not.toContain('<b>');
    const unknown = await fetchPath('0000-0000-0000', { 'accept-language': 'en-GB' });
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('no certificate')]);
  });

  it('give a PDF that carries Cyrillic letters', async () => {
    const { certificate } = await graduate();
    const answer = await fetchPath(`${certificate.code}.pdf`);
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect([pdf.startsWith('%PDF-'), pdf.includes('DejaVuSerif'), pdf.trimEnd().endsWith('%%EOF')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('give a credential of Open Badges 3.0 that anybody can verify with the published key', async () => {
    const { certificate } = await graduate();
    const token = await (await fetchPath(`${certificate.code}/badge`)).text();
    const jwks = (await (await fetchPath('keys')).json()) as JSONWebKeySet;
    const { payload, protectedHeader } = await jwtVerify(token, EmbeddedJWK);
    await expect(jwtVerify(token, createLocalJWKSet(jwks), { algorithms: ['EdDSA'] })).resolves.toBeDefined();
    const base = 'http://room.test/certificates';
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'JWT', jwk: { crv: 'Ed25519' } });
    expect(protectedHeader.jwk).not.toHaveProperty('d');
    expect(payload).toMatchObject({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: `${base}/${certificate.code}`,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      iss: `${base}/issuer`,
      jti: `${base}/${certificate.code}`,
      issuer: { id: `${base}/issuer`, type: ['Profile'], name: 'Школа «Полёт»' },
      credentialSubject: {
        identifier: [{ identityHash: 'Анна Ёлкина', hashed: false }],
        achievement: {
          id: `${base}/courses/${course.courseId}`,
          type: ['Achievement'],
          name: 'Английский для путешествий',
        },
      },
      credentialStatus: { id: `${base}/revocations`, type: '1EdTechRevocationList' },
    });
    const achievement = await (await fetchPath(`courses/${course.courseId}`)).json();
    expect(achievement).toEqual((payload['credentialSubject'] as { achievement: unknown }).achievement);
    expect(await (await fetchPath('issuer')).json()).toMatchObject({ id: `${base}/issuer`, name: 'Школа «Полёт»' });
    const [head, body, signature] = token.split('.');
    const forged = [
      head,
      Buffer.from(JSON.stringify({ ...payload, name: 'Another' })).toString('base64url'),
      signature,
    ];
    expect(body).toBeDefined();
    await expect(jwtVerify(forged.join('.'), EmbeddedJWK)).rejects.toThrow('signature verification failed');
  });
});

async function complete(enrollmentId: string, data: object): Promise<void> {
  const { enrollmentCompleted } = await import('../src/events.js');
  const { recordEvent } = await import('@tutorgraph/kit/events/outbox');
  const { transaction } = await import('@tutorgraph/kit/database/transaction');
  await transaction(school.em, async (tx) => {
    recordEvent(tx, enrollmentCompleted.create({ subject: enrollmentId, data: data as never }));
  });
}
