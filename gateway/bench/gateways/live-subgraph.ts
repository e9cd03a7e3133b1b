import type { Server } from 'node:http';
import { type ExecutionArgs, execute, type GraphQLSchema, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { PushStream } from '#streams/push-stream';
import { madeUpField } from './made-up-values.ts';

/** Serves a made-up subgraph's subscriptions: each has one event at once and then nothing, until it is left. */
export function serveLive(server: Server, schema: GraphQLSchema): { readonly open: number } {
  const state = { open: 0 };
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const execution = (args: ExecutionArgs): ExecutionArgs => ({ ...args, fieldResolver: madeUpField });
  useServer(
    {
      schema,
      execute: (args) => execute(execution(args as ExecutionArgs)),
      subscribe: (args) => subscribe({ ...execution(args as ExecutionArgs), subscribeFieldResolver: quiet }),
    },
    sockets,
  );
  return state;

  function quiet(): PushStream<object> {
    state.open += 1;
    const events = new PushStream<object>(() => {
      state.open -= 1;
    });
    events.push({});
    return events;
  }
}
