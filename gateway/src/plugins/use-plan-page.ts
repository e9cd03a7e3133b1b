import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST } from 'graphql';
import { z } from 'zod';
import { costOf } from '../cost/operation-cost.js';
import type { GraphHolder } from '../graph/graph-holder.js';
import { planText } from '../insight/plan-text.js';
import { identify } from '../requests/authentication.js';
import type { GatewayTrust } from '../trust/trust.js';

/** Where staff see plans. */
const PLAN_PATH = '/debug/plan';

const asked = z.object({
  query: z.string().min(1),
  operationName: z.string().min(1).optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Serves `GET /debug/plan?query=…` and `POST /debug/plan` with the same as JSON: how the running graph would carry out an
 * operation, in the planner's text form and as JSON, and what it may cost (with `variables`, of a POST). Nothing is run. To
 * everybody but viewers with `accounts.plans.read` it is not there at all; without a copy of rights, to nobody.
 */
export function usePlanPage(app: FastifyInstance, graphs: GraphHolder, { verify, rights }: GatewayTrust): void {
  app.get(PLAN_PATH, (request, reply) => answer(request, reply, request.query));
  app.post(PLAN_PATH, (request, reply) => answer(request, reply, request.body));

  async function answer(request: FastifyRequest, reply: FastifyReply, parameters: unknown): Promise<FastifyReply> {
    if (!(await mayRead(request))) {
      reply.callNotFound();
      return reply;
    }
    reply.header('cache-control', 'no-store');
    const parsed = asked.safeParse(parameters);
    if (!parsed.success) return refuse(reply, ['Send the text of an operation in "query"']);
    const { query, operationName, variables } = parsed.data;
    const graph = graphs.current;
    const { documents, supergraph } = graph;
    const read = documents.read(query);
    if (!('document' in read))
      return refuse(
        reply,
        read.map(({ message }) => message),
      );
    const { document, key } = read;
    const definition = getOperationAST(document, operationName);
    if (!definition)
      return refuse(reply, ['The document has no such operation; name one of its operations in "operationName"']);
    const plan = supergraph.plan(document, operationName, key);
    const cost = costOf({ document, definition, graph }).estimate(variables ?? {});
    return reply.send({ hash: key, cost, text: planText(plan), plan });
  }

  async function mayRead({ headers }: FastifyRequest): Promise<boolean> {
    const { viewer } = await identify(headers.authorization, verify).catch(() => ({ viewer: undefined }));
    return viewer !== undefined && rights?.allows(viewer, 'accounts.plans.read') === true;
  }
}

function refuse(reply: FastifyReply, messages: readonly string[]): FastifyReply {
  return reply.code(400).send({ errors: messages.map((message) => ({ message })) });
}
