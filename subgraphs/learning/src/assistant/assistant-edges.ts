import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { KnowledgeEntry } from '../knowledge/knowledge.entity.js';
import { visibleEntries } from '../knowledge/knowledge.repository.js';
import type { AssistantMessage } from './assistant.entity.js';
import { messagesOfSession } from './assistant.repository.js';

/** What lies around conversations. */
export class AssistantEdges {
  /** Messages of a conversation that the viewer may read: whoever has come to it was let. */
  messages(context: RequestContext, sessionId: string, page: PageRequest): Promise<Connection<AssistantMessage>> {
    return context.loader(messagesOfSession).load({ parent: sessionId, page });
  }

  /** A source, if the viewer may see it. */
  entry(context: RequestContext, id: string): Promise<KnowledgeEntry | null> {
    return context.loader(visibleEntries).load(id);
  }
}
