import type { MessagingCore, MessagingPart } from '../core.js';
import { People } from '../people/people.js';
import { BlockResolver } from './block.resolver.js';
import { BlockService } from './block.service.js';

/** Wires blocks and reports. */
export function createModeration({ tools }: MessagingCore): MessagingPart {
  return { resolvers: [new BlockResolver(new BlockService(new People(tools.graph)))] };
}
