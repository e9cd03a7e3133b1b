import 'reflect-metadata';
import { EventEmitter, on } from 'node:events';
import { GraphQLError } from 'graphql';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Public, Requires, ServiceOnly, SignedIn } from '../../src/graphql/access.js';
import type { RequestContext } from '../../src/graphql/context.js';
import type { ReferenceResolver } from '../../src/graphql/subgraph.js';

@ObjectType({ simpleResolvers: true, description: 'Something seen.' })
class Reading {
  @Field(() => String, { description: 'Who saw it.' })
  declare seenBy: string;
}

@ObjectType({ simpleResolvers: true, description: 'Where something stands.' })
class Shelf {
  @Field(() => Int, { description: 'Which one.' })
  declare number: number;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'Something that is kept.' })
export class Specimen {
  @Field(() => ID, { description: 'Identity.' })
  declare id: string;

  @Field(() => String, { description: 'What it is called.' })
  declare name: string;

  @Field(() => Shelf, { description: 'Where it stands.' })
  declare shelf: Shelf;

  @Field(() => Specimen, { nullable: true, description: 'What it is a part of.' })
  declare whole: Specimen | null;
}

/** A specimen by reference: for everybody. */
export const resolveSpecimen: ReferenceResolver = async ({ id }) => specimen(id);

function specimen(id: string): Specimen {
  const whole = { id: 'whole', name: 'The whole', shelf: { number: 2 }, whole: null };
  return { id, name: `Number ${id}`, shelf: { number: 1 }, whole };
}

/** A room made to be tried: one field for each rule, faults on demand, and a stream that a test feeds. */
@Resolver()
export class LaboratoryResolver {
  readonly samples = new EventEmitter();

  /** Subscriptions that are open. */
  get listeners(): number {
    return this.samples.listenerCount('sample');
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'For everybody.' })
  everybody(): string {
    return 'yes';
  }

  @SignedIn()
  @Query(() => String, { nullable: true, description: 'For people.' })
  people(): string {
    return 'yes';
  }

  @Requires('laboratory.samples.read')
  @Query(() => String, { nullable: true, description: 'For whoever may.' })
  permitted(): string {
    return 'yes';
  }

  @ServiceOnly('samples')
  @Query(() => String, { nullable: true, description: 'For services.' })
  services(): string {
    return 'yes';
  }

  @SignedIn({ service: 'samples' })
  @Query(() => String, { nullable: true, description: 'For people and for services.' })
  both(): string {
    return 'yes';
  }

  @Public()
  @Query(() => [Specimen], { nullable: true, description: 'What is kept.' })
  specimens(): Specimen[] {
    return [specimen('1')];
  }

  @Public()
  @Query(() => String, { nullable: true, description: 'Fails as it is told.' })
  failing(@Arg('how', () => String, { description: 'How.' }) how: string): string {
    if (how === 'coded') throw new GraphQLError('Not today', { extensions: { code: 'CLOSED', until: 'Monday' } });
    throw new Error('the password of the database is swordfish');
  }

  @Public()
  @Mutation(() => String, { nullable: true, description: 'A change for everybody.' })
  enter(): string {
    return 'yes';
  }

  @SignedIn({ unverified: true })
  @Mutation(() => String, { nullable: true, description: 'A change for whoever is signed in.' })
  prove(): string {
    return 'yes';
  }

  @SignedIn()
  @Mutation(() => String, { nullable: true, description: 'A change for people whose address is proven.' })
  write(): string {
    return 'yes';
  }

  @Requires('laboratory.samples.read')
  @Mutation(() => String, { nullable: true, description: 'A change for whoever may.' })
  measure(): string {
    return 'yes';
  }

  @Requires('laboratory.samples.read')
  @Subscription(() => Reading, {
    nullable: true,
    description: 'Samples as they come.',
    subscribe: ({ context }: { context: RequestContext }) =>
      on(context.resolver(LaboratoryResolver).samples, 'sample', { signal: context.signal }),
  })
  sampled(@Root() _event: unknown, @Ctx() context: RequestContext): Reading {
    return { seenBy: context.user.userId };
  }
}

/** A resolver that says nothing of who may use its field. */
@Resolver()
export class SilentResolver {
  @Query(() => String, { nullable: true, description: 'For whom?' })
  silent(): string {
    return 'no';
  }
}
