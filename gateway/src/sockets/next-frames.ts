import type { ResultWriter } from '../subscriptions/result-writer.js';

/** A socket that takes whole text messages, given in UTF-8. */
export interface FrameSocket {
  /** Bytes that it was given and could not yet send. */
  readonly waitingBytes: number;
  /** @param onTaken called once the message has left, not when the socket closes before */
  send(frame: Buffer, onTaken?: () => void): void;
}

/** A client that reads does not let so much wait. */
const MOST_WAITING_BYTES = 65_536;
const CLOSING = '}';

/** Writes results of one operation as the protocol's `next` messages. Their text is the same for many clients, save the id. */
export class NextFrames implements ResultWriter {
  private readonly opening: string;

  constructor(
    private readonly socket: FrameSocket,
    id: string,
  ) {
    this.opening = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  }

  write(result: Buffer, onTaken: () => void): boolean {
    const begin = Buffer.byteLength(this.opening);
    const frame = Buffer.allocUnsafe(begin + result.length + CLOSING.length);
    frame.write(this.opening);
    result.copy(frame, begin);
    frame.write(CLOSING, begin + result.length);
    const hasRoom = this.socket.waitingBytes + frame.length <= MOST_WAITING_BYTES;
    this.socket.send(frame, hasRoom ? undefined : onTaken);
    return hasRoom;
  }
}
