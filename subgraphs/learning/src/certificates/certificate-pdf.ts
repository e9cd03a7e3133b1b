import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';

const fonts = createRequire(import.meta.url);
const GREY = '#5b6470';
const INK = '#14213d';
const GOLD = '#b08d2f';
const MARGIN = 60;
const QR_SIDE = 96;
/** A name that is longer than the page is wide is set smaller. */
const NAME_SIZES = [34, 28, 22, 17, 13];

/** What is printed on a certificate, in one language. */
export interface CertificateText {
  school: string;
  title: string;
  /** Such as “This certifies that”. */
  before: string;
  holder: string;
  /** Such as “has completed the course”. */
  between: string;
  course: string;
  /** Such as the score and how long it took; none is fine. */
  details: readonly string[];
  /** Date and code, below. */
  footer: readonly string[];
  /** How to check it. */
  verify: string;
}

/** Sets a certificate on a page of A4, lying. PDF's own fonts have no Cyrillic, so it carries the letters that it uses. */
export function drawCertificate(text: CertificateText, verifyUrl: string, issuedAt: Date): Readable {
  const document = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    info: { Title: text.title, Creator: text.school, Producer: 'Tutorgraph', CreationDate: issuedAt },
  });
  document.registerFont('regular', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf'));
  document.registerFont('bold', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif-Bold.ttf'));
  document.registerFont('small', fonts.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  drawFrame(document);
  centred(document, 'regular', 13, GREY, text.school, 78);
  centred(document, 'bold', 36, INK, text.title, 108);
  centred(document, 'regular', 13, GREY, text.before, 178);
  centred(document, 'bold', fitting(document, text.holder), INK, text.holder, 204);
  centred(document, 'regular', 13, GREY, text.between, 262);
  centred(document, 'bold', 22, INK, text.course, 288);
  centred(document, 'regular', 12, GREY, text.details.join('  ·  '), 360);
  drawFooter(document, text, verifyUrl);
  document.end();
  return document;
}

function drawFrame(document: PDFKit.PDFDocument): void {
  const { width, height } = document.page;
  document
    .lineWidth(2)
    .rect(24, 24, width - 48, height - 48)
    .stroke(GOLD);
  document
    .lineWidth(0.5)
    .rect(32, 32, width - 64, height - 64)
    .stroke(GOLD);
}

function drawFooter(document: PDFKit.PDFDocument, { footer, verify }: CertificateText, verifyUrl: string): void {
  const { width, height } = document.page;
  const top = height - MARGIN - QR_SIDE;
  drawCode(document, verifyUrl, MARGIN, top);
  const left = MARGIN + QR_SIDE + 20;
  const place = { width: width - left - MARGIN };
  document
    .font('small')
    .fontSize(10)
    .fillColor(INK)
    .text(footer.join('\n'), left, top + 14, place);
  document.moveDown(0.5).fontSize(9).fillColor(GREY).text(verify, place);
  document.fillColor(INK).text(verifyUrl, { ...place, link: verifyUrl });
}

/** Draws the squares of a QR code: sharp at any size, unlike an image. */
function drawCode(document: PDFKit.PDFDocument, text: string, left: number, top: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = QR_SIDE / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) document.rect(left + column * side, top + row * side, side, side);
    }
  }
  document.fill(INK);
}

function fitting(document: PDFKit.PDFDocument, name: string): number {
  const room = document.page.width - 2 * MARGIN;
  const fits = (size: number) => document.font('bold').fontSize(size).widthOfString(name) <= room;
  return NAME_SIZES.find(fits) ?? NAME_SIZES.at(-1) ?? 0;
}

function centred(
  document: PDFKit.PDFDocument,
  font: string,
  size: number,
  colour: string,
  text: string,
  top: number,
): void {
  const width = document.page.width - 2 * MARGIN;
  document
    .font(font)
    .fontSize(size)
    .fillColor(colour)
    .text(text, MARGIN, top, { width, align: 'center', ellipsis: true, height: size * 2.8 });
}
