import { createHash } from 'node:crypto';
import { type Html, html } from './html.js';
import { stylesheet } from './stylesheet.js';

const STYLE_HASH = createHash('sha256').update(stylesheet.markup).digest('base64');

/** What every page is answered with: no script runs, nothing is loaded, forms come back here, nobody frames or keeps it. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A page around its main part. */
export interface PageFrame {
  title: string;
  main: Html;
  /** Where the browser goes on to at once, outside this server: a link for who stops it, and no redirect of a form. */
  onward?: string;
}

/** A whole page, saying which Stripe this is. */
export function page({ title, main, onward }: PageFrame): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${onward !== undefined && html`<meta http-equiv="refresh" content="0;url=${onward}">`}
<title>${title} · Test Stripe</title>
<style>${stylesheet}</style>
</head>
<body>
<p class="banner"><strong>Test Stripe</strong> This is a local emulator: no real money moves, and no real card may be entered.</p>
${main}
</body>
</html>
`;
  return markup;
}

/** A page that only says something, and where to go on. */
export function messagePage(
  title: string,
  text: string,
  onward?: { url: string; label: string; atOnce?: boolean },
): string {
  const main = html`<main class="message">
<h1>${title}</h1>
<p>${text}</p>
${onward && html`<p><a class="button" href="${onward.url}">${onward.label}</a></p>`}
</main>`;
  return page({ title, main, ...(onward?.atOnce === true && { onward: onward.url }) });
}

/** An input with its label, and what is wrong with it beneath. */
export interface Field {
  /** The input's id and name. */
  name: string;
  label: string;
  value?: string | undefined;
  error?: string | undefined;
  type?: 'text' | 'email' | 'date';
  placeholder?: string;
  /** Which keyboard a telephone shows. */
  inputMode?: 'text' | 'numeric' | 'email';
  autocomplete?: string;
  maxLength?: number;
  /** The id of a list of suggestions. */
  list?: string;
}

/** A labelled input. */
export function field(about: Field): Html {
  const { name, label, value, error, type = 'text', inputMode = 'text', autocomplete = 'off', maxLength = 200 } = about;
  const errorId = `${name}-error`;
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" inputmode="${inputMode}" autocomplete="${autocomplete}" maxlength="${maxLength}"
 value="${value ?? ''}" placeholder="${about.placeholder ?? ''}"${about.list !== undefined && html` list="${about.list}"`}${
   error !== undefined && html` aria-invalid="true" aria-describedby="${errorId}"`
 }>
${error !== undefined && html`<p class="field-error" id="${errorId}">${error}</p>`}
</div>`;
}

/** What went wrong with the whole form, said at once by a screen reader. */
export function alert(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<p class="alert" role="alert">${text}</p>`;
}
