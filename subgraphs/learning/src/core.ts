import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { EnglishChecker } from './english/english-checker.js';
import type { LearningEnvironment } from './environment.js';

/** What every part of this room is built on. */
export interface LearningCore {
  tools: RoomTools;
  environment: LearningEnvironment;
  /** One for the whole process: its thread needs some 350 MB once it is used. */
  english: EnglishChecker;
}

/** What a part adds to the room. */
export type LearningPart = Pick<RoomParts, 'resolvers' | 'jobs' | 'consumers' | 'routes' | 'prepare' | 'close'>;
