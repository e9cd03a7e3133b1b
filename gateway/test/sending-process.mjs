// A process for announcements.e2e.test.ts: the rooms accounts and messaging, on the database that it is given. Told to send, it sends.
import { startTestGraph } from '@tutorgraph/kit/testing/graph';

const SEND = `mutation {
  sendAnnouncement(input: {
    audience: { role: STUDENT }, channels: [IN_APP], texts: [{ language: en, title: "News", body: "We have moved." }]
  }) { announcement { id } userErrors { code } }
}`;

const [, , url = ''] = process.argv;
const graph = await startTestGraph(['accounts', 'messaging'], async () => ({ url, close: async () => {} }));
process.on('message', async () => {
  const { data, errors } = await graph.run('messaging', SEND, {}, await graph.person('ADMIN'));
  process.send?.(data.sendAnnouncement?.announcement?.id ?? `refused: ${JSON.stringify(errors ?? data)}`);
});
process.send?.('ready');
