import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, getOperationAST } from 'graphql';
import { z } from 'zod';
import { costOf } from '../cost/operation-cost.js';
import type { GraphHolder } from '../graph/graph-holder.js';
import { planText } from '../insight/plan-text.js';
import { OperationRefused } from '../operations/operation-refused.js';
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
 * everybody but viewers with `accounts.plans.read` it is not there at all, whatever they send; without a copy of rights, to
 * nobody.
 */
export function usePlanPage(app: FastifyInstance, graphs: GraphHolder, { verify, rights }: GatewayTrust): void {
  // As where there is nothing: there too a body is read first and refused when it is broken, unless nothing reads its type.
  const preValidation = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!(await mayRead(request))) {
      reply.callNotFound();
      return reply;
    }
    reply.header('cache-control', 'no-store');
    return undefined;
  };
  app.register(async (page) => {
    page.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    page.get(PLAN_PATH, { preValidation }, async ({ query }) => show(query));
    page.post(PLAN_PATH, { preValidation }, async ({ body }) => show(body));
  });

  function show(parameters: unknown): object {
    const parsed = asked.safeParse(parameters);
    if (!parsed.success) throw refusal('Send JSON with the text of an operation in "query"', 'BAD_REQUEST');
    const { query, operationName, variables } = parsed.data;
    const graph = graphs.current;
    const { documents, supergraph } = graph;
    const read = documents.read(query);
    if (!('document' in read)) throw new OperationRefused(read);
    const { document, key } = read;
    const definition = getOperationAST(document, operationName);
    if (!definition) {
      throw refusal('Name one of the document’s operations in "operationName"', 'OPERATION_RESOLUTION_FAILURE');
    }
    const plan = supergraph.plan(document, operationName, key);
    const cost = costOf({ document, definition, graph }).estimate(variables ?? {});
    return { hash: key, cost, text: planText(plan), plan };
  }

  async function mayRead({ headers }: FastifyRequest): Promise<boolean> {
    const { viewer } = await identify(headers.authorization, verify).catch(() => ({ viewer: undefined }));
    return viewer !== undefined && rights?.allows(viewer, 'accounts.plans.read') === true;
  }
}

function refusal(message: string, code: string): OperationRefused {
  return new OperationRefused([new GraphQLError(message, { extensions: { code } })]);
}
