import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import type { ReceiptText } from './receipt.rules.js';

const fonts = createRequire(import.meta.url);
const LABEL_WIDTH = 150;
const MARGIN = 56;
const GREY = '#666666';

/** Sets a receipt on a page of A4. PDF's own fonts have no Cyrillic, so it carries the letters that it uses. */
export function drawReceipt({ title, lines, total, note }: ReceiptText, paidAt: Date): Readable {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: title, Creator: 'Tutorgraph', Producer: 'Tutorgraph', CreationDate: paidAt },
  });
  document.registerFont('regular', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  document.registerFont('bold', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'));
  document.font('regular').fontSize(11).fillColor(GREY).text('Tutorgraph');
  document.font('bold').fontSize(22).fillColor('black').text(title).moveDown();
  for (const { label, value } of lines) drawLine(document, 'regular', label, value);
  const { x, y, page } = document;
  document
    .moveTo(x, y + 4)
    .lineTo(page.width - MARGIN, y + 4)
    .strokeColor(GREY)
    .stroke();
  document.moveDown();
  drawLine(document, 'bold', total.label, total.value);
  document.moveDown().font('regular').fontSize(9).fillColor(GREY).text(note, MARGIN);
  document.end();
  return document;
}

function drawLine(document: PDFKit.PDFDocument, font: 'regular' | 'bold', label: string, value: string): void {
  const { y, page } = document;
  document.font(font).fontSize(11).fillColor(GREY).text(label, MARGIN, y, { width: LABEL_WIDTH });
  const belowLabel = document.y;
  const left = MARGIN + LABEL_WIDTH;
  document.fillColor('black').text(value, left, y, { width: page.width - MARGIN - left });
  document.x = MARGIN;
  document.y = Math.max(belowLabel, document.y) + 6;
}
