import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';

const QUERY = '{ availableChannels }';

/** Whether text messages can be sent, as messaging says. Call it outside transactions. */
export class TextMessages {
  constructor(private readonly graph: GraphClient) {}

  /** Can they? While messaging does not answer nobody is sent away: it sends what waits once it is back. */
  async areSent(): Promise<boolean> {
    try {
      const data = await this.graph.query('messaging', { query: QUERY }, ['availableChannels']);
      return Array.isArray(data['availableChannels']) && data['availableChannels'].includes('SMS');
    } catch {
      return true;
    }
  }
}
