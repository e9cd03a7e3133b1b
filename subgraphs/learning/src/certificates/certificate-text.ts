import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { Certificate } from './certificate.entity.js';
import { statusOf } from './certificate.rules.js';
import type { CertificateText } from './certificate-pdf.js';

const MINUTES = 60;

/** What is printed on a certificate, in the language of its course. */
export function wordCertificate(
  { courseTitle, score, minutes, issuedAt, code, language }: Certificate,
  holder: string,
  school: string,
  messages: Messages,
): CertificateText {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    messages(language, `certificate.${key}`, values);
  const date = dateIn(language, issuedAt);
  return {
    school,
    title: say('title'),
    before: say('before'),
    holder,
    between: say('between'),
    course: courseTitle,
    details: [
      say('hours', { count: Math.max(1, Math.round(minutes / MINUTES)) }),
      ...(score == null ? [] : [say('score', { score })]),
    ],
    footer: [say('issued', { date }), say('code', { code })],
    verify: say('verify'),
  };
}

/** The page that tells whether a certificate holds, for a browser. */
export function certificatePage(
  found: Certificate | null,
  { school, language, messages }: { school: string; language: string; messages: Messages },
): string {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    messages(language, `certificate.${key}`, values);
  const status = statusOf(found);
  const lines = !found
    ? []
    : [
        ...(status === 'VALID' ? [found.holderName ?? '', found.courseTitle] : [found.courseTitle]),
        say('issued', { date: dateIn(language, found.issuedAt) }),
        ...(found.revokedAt ? [say('revoked', { date: dateIn(language, found.revokedAt) })] : []),
        say('code', { code: found.code }),
      ];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(say('title'))} · ${escapeHtml(school)}</title>
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1rem;color:#14213d}
h1{font-size:1.4rem}.VALID{color:#0b6b3a}.REVOKED,.UNKNOWN{color:#a11616}p{margin:.3rem 0}</style></head>
<body><p>${escapeHtml(school)}</p><h1 class="${status}">${escapeHtml(say(status))}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
</body></html>
`;
}

function dateIn(language: string, moment: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
