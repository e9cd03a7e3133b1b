import 'reflect-metadata';
import { Field, InterfaceType } from 'type-graphql';
import type { RequestContext } from './context.js';
import { Refusal, type RefusalItem } from './refusal.js';

/** The shape that every room's errors-as-data share. */
@InterfaceType('UserError', {
  autoRegisterImplementations: false,
  description: 'An expected failure of a mutation: something the person can understand and act upon.',
})
export abstract class UserError {
  @Field(() => String, { description: "What went wrong and what to do, in the viewer's language; ready to be shown." })
  declare message: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Path of the input field at fault, such as ["input", "email"]; null when it is none in particular.',
  })
  declare field: string[] | null;
}

/** A room's error class: {@link UserError} with a `code` enum of its own. */
export type UserErrorClass = new () => UserError & { code: string };

/**
 * Runs a mutation and shapes its payload: the changed objects with no `userErrors`, or, when the service refused,
 * only the `userErrors`. Anything else that is thrown goes on to `errors`.
 */
export async function answer<Payload extends object, ErrorClass extends UserErrorClass>(
  context: RequestContext,
  errorClass: ErrorClass,
  work: () => Promise<Payload>,
): Promise<Partial<Payload> & { userErrors: InstanceType<ErrorClass>[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { userErrors: error.items.map((item) => toUserError(context, errorClass, item)) } as Partial<Payload> & {
      userErrors: InstanceType<ErrorClass>[];
    };
  }
}

function toUserError(context: RequestContext, errorClass: UserErrorClass, item: RefusalItem): UserError {
  return Object.assign(new errorClass(), item.details, {
    code: item.code,
    field: item.field ? [...item.field] : null,
    message: item.message ?? context.text(item.code, item.values),
  });
}
