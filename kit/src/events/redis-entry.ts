import { domainEvent, type PositionedEvent } from './event.js';

/** A stream's entry as Redis gives it: its id and its fields. */
export type StreamEntry = [id: string, fields: string[]];

/** The fields of an entry, as arguments. */
export function encodeEntry({ position, event }: PositionedEvent): [position: number, event: string] {
  return [position, JSON.stringify(event)];
}

/** An entry's event; one that cannot be read is reported and left out, for it would be so every time. */
export function decodeEntries(entries: readonly StreamEntry[], onFault: (error: unknown) => void): PositionedEvent[] {
  return entries.flatMap((entry) => {
    try {
      return [{ position: positionOf(entry), event: domainEvent.parse(JSON.parse(entry[1][1] ?? '')) }];
    } catch (cause) {
      onFault(new Error(`The event at ${entry[0]} cannot be read; it is left out`, { cause }));
      return [];
    }
  });
}

/** The position that an entry's id stands for. */
export function positionOf([id]: StreamEntry): number {
  return Number.parseInt(id, 10);
}
