/** Texts of certificates in English. */
export const certificates = {
  NOT_COMPLETED: 'This course is not completed yet, or nobody knows the name of whoever completed it.',
  CERTIFICATE_EXISTS: 'There is a certificate for this already. Revoke it first.',
  'certificate.title': 'Certificate',
  'certificate.before': 'This certifies that',
  'certificate.between': 'has completed the course',
  'certificate.hours_one': '{{count}} hour of lessons',
  'certificate.hours_other': '{{count}} hours of lessons',
  'certificate.score': 'Mean score: {{score}} %',
  'certificate.issued': 'Issued on {{date}}',
  'certificate.revoked': 'Revoked on {{date}}',
  'certificate.code': 'No. {{code}}',
  'certificate.verify': 'Scan the code or open the address to see whether this certificate holds:',
  'certificate.criteria': 'All lessons of the course were completed and its tests passed.',
  'certificate.VALID': 'This certificate holds.',
  'certificate.REVOKED': 'This certificate was revoked.',
  'certificate.UNKNOWN': 'There is no certificate with this code.',
};
