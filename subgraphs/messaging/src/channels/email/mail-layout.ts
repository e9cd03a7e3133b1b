import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { OutgoingMessage } from '../channel.js';

/** What is written around every mail. */
export interface MailLayoutOptions {
  /** Texts of this room, in every language. */
  messages: Messages;
  /** The page on which people say what they want to get, where there is one. */
  settingsUrl?: string | undefined;
}

/** The two bodies of a mail. */
export interface MailBodies {
  text: string;
  html: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Puts a message between greeting and signature, as text and as HTML that needs nothing from elsewhere. */
export function layoutMail(message: OutgoingMessage, { messages, settingsUrl }: MailLayoutOptions): MailBodies {
  const { locale, title, body, url } = message;
  const hello = messages(locale, 'mail.hello');
  const isOptional = message.urgency !== 'CRITICAL' && settingsUrl !== undefined;
  const footer = isOptional ? messages(locale, 'mail.settings') : undefined;
  const text = [hello, body, url, 'Tutorgraph', footer && `-- \n${footer} ${settingsUrl}`];
  const html = [
    paragraph(escapeHtml(hello)),
    message.html ??
      body
        .split(/\n{2,}/)
        .map((part) => paragraph(escapeHtml(part).replaceAll('\n', '<br>')))
        .join(''),
    url ? button(url, messages(locale, 'mail.open')) : '',
    paragraph('Tutorgraph'),
    footer ? `<p style="${SMALL}">${escapeHtml(footer)} ${link(settingsUrl ?? '')}</p>` : '',
  ];
  return { text: text.filter(Boolean).join('\n\n'), html: page(locale, title, html.join('')) };
}

/** Makes any text safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
const SMALL = 'margin:24px 0 0;font-size:13px;color:#6b7280';
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:8px;background:#1d4ed8;color:#ffffff;text-decoration:none';

function page(locale: string, title: string, content: string): string {
  return `<!doctype html><html lang="${escapeHtml(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head><body style="margin:0;padding:24px;background:#f3f4f6"><div style="max-width:560px;margin:0 auto;padding:32px;border-radius:12px;background:#ffffff;color:#111827;font-size:16px;line-height:1.5;${FONT}">${content}</div></body></html>`;
}

function paragraph(html: string): string {
  return `<p style="margin:0 0 16px">${html}</p>`;
}

function link(url: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
}

function button(url: string, label: string): string {
  return `<p style="margin:24px 0"><a style="${BUTTON}" href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`;
}
