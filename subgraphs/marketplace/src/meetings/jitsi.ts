import { createHmac, hkdfSync } from 'node:crypto';
import type { Meeting, MeetingProvider, MeetingRoom } from './meeting-provider.js';

/**
 * Rooms of a Jitsi server: whoever knows a room's name opens it by entering, so there is nothing to call and nothing to fail.
 * The name cannot be guessed, and is the same for the same key and version.
 */
export class Jitsi implements MeetingProvider {
  readonly name = 'JITSI';
  private readonly key: Uint8Array;

  /** @param baseUrl such as https://meet.jit.si */
  constructor(
    private readonly baseUrl: string,
    secretKey: string,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', 'tutorgraph meeting rooms', 32));
  }

  async create({ key, version }: Meeting): Promise<MeetingRoom> {
    const name = createHmac('sha256', this.key).update(`${key} ${version}`).digest('hex').slice(0, 32);
    const id = `tutorgraph-${name}`;
    return { id, url: `${this.baseUrl.replace(/\/+$/, '')}/${id}` };
  }

  /** A room is open at any time. */
  async move(room: MeetingRoom): Promise<MeetingRoom> {
    return room;
  }

  /** Nothing is kept of a room that nobody is in. */
  async remove(): Promise<void> {}
}
