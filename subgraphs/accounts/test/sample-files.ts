import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture whose right half is red and whose left half is blue, as JPEG, with what a camera writes into it. */
export function photo(options: { width?: number; height?: number; orientation?: number } = {}): Promise<Buffer> {
  const { width = 800, height = 600, orientation = 1 } = options;
  const half = { create: { width: Math.floor(width / 2), height, channels: 3, background: '#f00' } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#00f' } })
    .composite([{ input: half, gravity: 'east' }])
    .withExif({
      IFD0: { Make: 'Camera of Anna', Software: 'secret-software' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 7/1', GPSLongitudeRef: 'E', GPSLongitude: '37/1 37/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>home-address</rdf:RDF></x:xmpmeta>')
    .withIccProfile('p3')
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
}

/** A picture of noise, which does not compress. */
export function noise(format: 'png' | 'webp' | 'jpeg', width: number, height: number): Promise<Buffer> {
  const create = { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } };
  return sharp({ create: create as never })
    .toFormat(format)
    .toBuffer();
}

/** A PDF of one empty page. */
export function pdf(options: { trailer?: string; before?: string; after?: string } = {}): Buffer {
  const { trailer = '', before = '', after = '\n' } = options;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
  ];
  let text = `${before}%PDF-1.7\n`;
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${text}${table}trailer<</Size 4/Root 1 0 R${trailer}>>\nstartxref\n${text.length}\n%%EOF${after}`,
  );
}

/** A PNG of a few kilobytes that unpacks to 2.5 billion pixels. */
export function pixelBomb(): Buffer {
  const side = 50_000;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit a pixel, grey.
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * 1_000), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A program for Windows, as far as anybody who looks at the first bytes can tell. */
export const program = Buffer.concat([Buffer.from('MZ\x90\x00\x03'), Buffer.alloc(200), Buffer.from('PE\0\0')]);

/** A picture that is a page with a script. */
export const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
