import 'reflect-metadata';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';
import { Args, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { Public } from '../../src/graphql/access.js';
import { ConnectionArguments, connectionOf } from '../../src/graphql/connection.js';
import { Cost, ListSize } from '../../src/graphql/cost.js';
import { buildRoomSchema } from '../../src/graphql/subgraph.js';

@ObjectType({ description: 'A book.' })
class Book {
  @Field(() => Int, { description: 'Pages.' })
  declare pages: number;

  @Field(() => [String], { description: 'Words that are no objects.' })
  declare words: string[];

  @Field(() => [Book], { description: 'Others like it.' })
  declare similar: Book[];

  @ListSize(3)
  @Field(() => [Book], { description: 'What it is made of.' })
  declare volumes: Book[];
}

const BookConnection = connectionOf(Book, 'Book');

@Resolver()
class BookResolver {
  @Public()
  @Query(() => BookConnection, { nullable: true, description: 'Books.' })
  books(@Args(() => ConnectionArguments) _page: ConnectionArguments): null {
    return null;
  }

  @Public()
  @Cost(50)
  @Query(() => Book, { nullable: true, description: 'The one that took longest to write.' })
  longest(): null {
    return null;
  }
}

const { sdl } = buildRoomSchema({ resolvers: [BookResolver], references: {} });
const { supergraphSdl = '', errors } = composeServices([
  { name: 'books', url: 'http://books/graphql', typeDefs: parse(sdl) },
]);

describe('a room says what its fields cost', () => {
  it.each([
    [
      'a page is as long as asked',
      /\): BookConnection @listSize\((?=.*slicingArguments: \["first", "last"\])(?=.*sizedFields: \["edges"\])(?=.*assumedSize: 20)(?=.*requireOneSlicingArgument: false)/,
    ],
    ['a list has what is usual', /similar: \[Book!\]! @listSize\(assumedSize: 10/],
    ['or what its field says', /volumes: \[Book!\]! @listSize\(assumedSize: 3/],
    ['a dear field says so', /longest: Book @cost\(weight: 50\)/],
    ['counting a whole list is dear', /totalCount: Int! @cost\(weight: 5\)/],
  ])('%s', (_, line) => {
    expect(errors).toBeUndefined();
    for (const text of [sdl, supergraphSdl]) expect(text).toMatch(line);
  });

  it('says nothing where there are no objects, and nothing to clients', () => {
    expect(sdl).toMatch(/words: \[String!\]!\n/);
    expect(sdl).toMatch(/edges: \[BookEdge!\]!\n/);
    const api = printSchema(Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema());
    expect(api).not.toMatch(/@cost|@listSize/);
  });
});
