import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noise, pdf, photo, pixelBomb, program, svg } from '../../test/sample-files.js';
import { checkFile } from './file-check.js';

const asAvatar = (bytes: Uint8Array, contentType = 'image/jpeg') =>
  checkFile(bytes, { kind: 'AVATAR', contentType, storageKey: 'avatars/a' });
const asDocument = (bytes: Uint8Array, contentType: string) =>
  checkFile(bytes, { kind: 'DOCUMENT', contentType, storageKey: 'documents/a' });

/** The code with which a file is refused. */
async function refusal(checking: Promise<unknown>): Promise<string> {
  return checking.then(
    () => 'none',
    (error: Error) => error.message,
  );
}

describe('a picture of oneself', () => {
  test('becomes three squares without anything that the camera wrote', async () => {
    const original = await photo();
    expect(original.toString('latin1')).toMatch(/Camera of Anna[\s\S]*home-address/);
    const { objects, contentType } = await asAvatar(original);
    expect(contentType).toBe('image/webp');
    expect(objects.map(({ key }) => key)).toEqual(['avatars/a/512.webp', 'avatars/a/256.webp', 'avatars/a/64.webp']);
    for (const { body, key } of objects) {
      const found = await sharp(body).metadata();
      const side = Number(/(\d+)\.webp/.exec(key)?.[1]);
      expect(found).toMatchObject({ format: 'webp', width: side, height: side });
      for (const part of ['exif', 'xmp', 'icc', 'iptc'] as const) expect(found[part], part).toBeUndefined();
      expect(Buffer.from(body).toString('latin1')).not.toMatch(/Camera|secret-software|home-address/);
    }
  });

  test('stands upright, however the camera was held', async () => {
    // Orientation 3 is upside down: what was on the right is on the left.
    const { objects } = await asAvatar(await photo({ orientation: 3, width: 600, height: 600 }));
    const left = await sharp(objects[0]?.body).extract({ left: 10, top: 250, width: 1, height: 1 }).raw().toBuffer();
    expect(left[0]).toBeGreaterThan(180);
    expect(left[2]).toBeLessThan(80);
  });

  test.each(['png', 'webp', 'jpeg'] as const)('may be %s, also a small one', async (format) => {
    const { objects } = await asAvatar(await noise(format, 30, 20), `image/${format}`);
    expect(await sharp(objects[0]?.body).metadata()).toMatchObject({ width: 512, height: 512 });
  });

  test('loses whatever hides behind it', async () => {
    const hidden = Buffer.concat([await photo(), Buffer.from('PK\x03\x04 <script>stolen()</script>')]);
    const { objects } = await asAvatar(hidden);
    for (const { body } of objects) expect(Buffer.from(body).toString('latin1')).not.toContain('stolen');
  });

  test.each([
    ['a program', 'image/jpeg', program],
    ['a drawing with a script', 'image/png', svg],
    ['a page', 'image/webp', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing at all', 'image/png', Buffer.alloc(100)],
    ['a document', 'image/png', pdf()],
  ])('is not %s under its name', async (_what, contentType, bytes) => {
    expect(await refusal(asAvatar(bytes, contentType))).toBe('FILE_TYPE_NOT_ALLOWED');
  });

  test('is not a picture of another type than was said, nor of one that is not taken', async () => {
    expect(await refusal(asAvatar(await noise('png', 9, 9), 'image/jpeg'))).toBe('FILE_TYPE_NOT_ALLOWED');
    expect(await refusal(asAvatar(svg, 'image/svg+xml'))).toBe('FILE_TYPE_NOT_ALLOWED');
    const gif = await sharp(await noise('png', 9, 9))
      .gif()
      .toBuffer();
    expect(await refusal(asAvatar(gif, 'image/gif'))).toBe('FILE_TYPE_NOT_ALLOWED');
    expect(await refusal(asAvatar(pdf(), 'application/pdf'))).toBe('FILE_TYPE_NOT_ALLOWED');
  });

  test.each(['png', 'webp', 'jpeg'] as const)('is whole: a %s that was cut off is refused', async (format) => {
    const whole = await noise(format, 400, 400);
    expect(await refusal(asAvatar(whole.subarray(0, whole.length / 2), `image/${format}`))).toBe('FILE_DAMAGED');
  });

  test('is a picture behind its first bytes too', async () => {
    const start = (await photo()).subarray(0, 20);
    expect(await refusal(asAvatar(Buffer.concat([start, program])))).toBe('FILE_DAMAGED');
  });

  test('does not unpack to more than fits into memory', async () => {
    const bomb = pixelBomb();
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(asAvatar(bomb, 'image/png'))).toBe('IMAGE_TOO_LARGE');
  });
});

describe('a document', () => {
  test('that is a picture keeps its format and shape, at most 2400 pixels a side, without metadata', async () => {
    const { objects, contentType, size } = await asDocument(await photo({ width: 4800, height: 1000 }), 'image/jpeg');
    expect(objects.map(({ key }) => key)).toEqual(['documents/a']);
    const found = await sharp(objects[0]?.body).metadata();
    expect(found).toMatchObject({ format: 'jpeg', width: 2400, height: 500 });
    expect([found.exif, found.xmp, found.icc]).toEqual([undefined, undefined, undefined]);
    expect([contentType, size]).toEqual(['image/jpeg', objects[0]?.body.byteLength]);
    const small = await asDocument(await noise('png', 100, 50), 'image/png');
    expect(await sharp(small.objects[0]?.body).metadata()).toMatchObject({ format: 'png', width: 100, height: 50 });
  });

  test('that is a PDF stays as it is', async () => {
    const bytes = pdf();
    const { objects, contentType } = await asDocument(bytes, 'application/pdf');
    expect(contentType).toBe('application/pdf');
    expect(Buffer.from(objects[0]?.body ?? []).equals(bytes)).toBe(true);
  });

  test.each([
    ['was cut off', pdf().subarray(0, 200)],
    ['has something behind it', pdf({ after: '\nPK\x03\x04 an archive' })],
    ['has nothing but its name', Buffer.from('%PDF-1.7\nhello\n%%EOF')],
    ['has no version', Buffer.from(pdf().toString().replace('%PDF-1.7', '%PDF-x.7'))],
  ])('is refused as damaged when it %s', async (_what, bytes) => {
    expect(await refusal(asDocument(bytes, 'application/pdf'))).toBe('FILE_DAMAGED');
  });

  test('is refused when something stands before the PDF, which is none then', async () => {
    const page = pdf({ before: '<script>alert(1)</script>' });
    expect(await refusal(asDocument(page, 'application/pdf'))).toBe('FILE_TYPE_NOT_ALLOWED');
  });

  test.each(['/Encrypt 9 0 R', '/Encrypt<</Filter/Standard>>'])('is refused with a password: %s', async (trailer) => {
    expect(await refusal(asDocument(pdf({ trailer }), 'application/pdf'))).toBe('FILE_PROTECTED');
  });
});

describe('recorded speech', () => {
  const asRecording = (bytes: Uint8Array, contentType: string) =>
    checkFile(bytes, { kind: 'RECORDING', contentType, storageKey: 'recordings/a' });
  const wav = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0'), Buffer.alloc(60)]);
  // EBML with the type of document "webm", as Chrome's recorder begins a file.
  const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701', 'hex');
  const mp4 = Buffer.concat([Buffer.from('\0\0\0\x18ftypiso5\0\0\0\x01iso5mp42', 'latin1'), Buffer.alloc(40)]);

  test.each([
    ['audio/wav', wav],
    ['audio/webm', webm],
    ['audio/mp4', mp4],
  ])('stays as it is: %s', async (contentType, bytes) => {
    const { objects, size } = await asRecording(bytes, contentType);
    expect(objects).toEqual([{ key: 'recordings/a', body: bytes, contentType }]);
    expect(size).toBe(bytes.byteLength);
  });

  test.each([
    ['a page', 'audio/webm', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a picture', 'image/png', program],
    ['another type than was said', 'audio/mpeg', wav],
  ])('is not %s', async (_what, contentType, bytes) => {
    expect(await refusal(asRecording(bytes, contentType))).toBe('FILE_TYPE_NOT_ALLOWED');
  });
});
