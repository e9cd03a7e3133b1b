import 'reflect-metadata';
import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from '../../src/graphql/access.js';
import type { RequestContext } from '../../src/graphql/context.js';
import { accept, Refusal } from '../../src/graphql/refusal.js';
import { answer, UserError } from '../../src/graphql/user-error.js';
import { type Bench, setUpBench } from './bench.js';

@ObjectType({ implements: UserError, simpleResolvers: true, description: 'A refusal.' })
class BoilError extends UserError {
  @Field(() => String, { description: 'Which one.' })
  declare code: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of it.' })
class BoilPayload {
  @Field(() => Boolean, { nullable: true, description: 'Did it boil?' })
  declare boiled?: boolean | null;

  @Field(() => [BoilError], { description: 'Why not.' })
  declare userErrors: BoilError[];
}

@Resolver()
class KettleResolver {
  @Public()
  @Query(() => String, { nullable: true, description: 'A schema needs one.' })
  kettle(): string {
    return 'on';
  }

  @Public()
  @Mutation(() => BoilPayload, { nullable: true, description: 'Boils water.' })
  boil(@Arg('cups', () => Number, { description: 'How many.' }) cups: number, @Ctx() context: RequestContext) {
    return answer(context, BoilError, async () => {
      accept(z.object({ cups: z.number().max(10) }), { cups }, context.locale);
      if (cups === 0) throw new Refusal([{ code: 'TOO_FEW', field: ['input', 'cups'], values: { least: 1 } }]);
      if (cups < 0) throw new Error('the kettle is on fire');
      return { boiled: true };
    });
  }
}

const messages = { en: { TOO_FEW: 'At least {{least}} cup.' }, ru: { TOO_FEW: 'Хотя бы {{least}} чашку.' } };

describe('what a mutation answers', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await setUpBench([new KettleResolver()], messages);
  });

  async function boil(cups: number, headers: { acceptLanguage?: string; authorization?: string } = {}) {
    const query = `mutation { boil(cups: ${cups}) { boiled userErrors { code field message } } }`;
    const { data, errors } = await bench.subgraph.execute({ query }, { requestId: 'request-1', ...headers });
    return { payload: data?.['boil'], errors };
  }

  it('has no userErrors when it went well', async () => {
    expect((await boil(1)).payload).toEqual({ boiled: true, userErrors: [] });
  });

  it('is the refusal in the language of the request', async () => {
    const refused = { code: 'TOO_FEW', field: ['input', 'cups'] };
    expect((await boil(0)).payload).toEqual({
      boiled: null,
      userErrors: [{ ...refused, message: 'At least 1 cup.' }],
    });
    expect((await boil(0, { acceptLanguage: 'de, ru;q=0.8, en;q=0.5' })).payload).toMatchObject({
      userErrors: [{ ...refused, message: 'Хотя бы 1 чашку.' }],
    });
  });

  it("is in the person's own language rather than the browser's", async () => {
    const { authorization } = await bench.issuer.signIn('STUDENT', { locale: 'ru' });
    expect((await boil(0, { authorization, acceptLanguage: 'en' })).payload).toMatchObject({
      userErrors: [{ message: 'Хотя бы 1 чашку.' }],
    });
  });

  it('names the field of an input that does not fit, in both languages', async () => {
    const messageOf = async (acceptLanguage: string) => {
      const { payload } = await boil(11, { acceptLanguage });
      expect(payload).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'cups'] }] });
      return JSON.stringify(payload);
    };
    expect(await messageOf('en')).not.toMatch(/[а-я]/i);
    expect(await messageOf('ru')).toMatch(/[а-я]/i);
  });

  it('does not make a userError of a fault', async () => {
    const { payload, errors } = await boil(-1);
    expect(payload).toBeNull();
    expect(errors?.[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
  });
});
