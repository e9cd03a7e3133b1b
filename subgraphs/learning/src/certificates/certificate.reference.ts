import type { ReferenceResolver } from '@tutorgraph/kit/graphql/subgraph';
import { StudentAccess } from '../students/student-access.js';
import { certificatesById } from './certificate.repository.js';

const access = new StudentAccess();

/** A certificate by reference: for who sees its student. */
export const resolveCertificate: ReferenceResolver = async ({ id }, context) => {
  const certificate = await context.loader(certificatesById).load(id);
  if (!certificate) return null;
  return (await access.maySee(context, [certificate.studentId])).has(certificate.studentId) ? certificate : null;
};
