import type { Plannable } from '../deliveries/plan.rules.js';
import type { TargetKind } from './notification.rules.js';

/** Something that a person is to be told. */
export interface NewNotification extends Plannable {
  userId: string;
  /** The event, announcement or sending behind it: each makes one notification of a type for a person, ever. */
  sourceId: string;
  /** What the type's texts are filled with. JSON-safe; moments as ISO 8601. */
  values: Record<string, string | number>;
  /** What it leads to. */
  target: { kind: TargetKind; id: string } | null;
  /** When it is of no use any more, such as the beginning of a lesson for its reminder. @default never */
  expiresAt?: Date | null;
}
