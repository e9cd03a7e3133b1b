import 'reflect-metadata';
import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { Cost } from './cost.js';

/** Most items of one page. */
export const MOST_PER_PAGE = 100;
/** Items of a page when the client names no number. */
export const DEFAULT_PER_PAGE = 20;
/** Counting looks at the whole list. */
const TOTAL_COUNT_COST = 5;

/** Where a page stands in its list. */
@Directive('@shareable')
@ObjectType('PageInfo', { simpleResolvers: true, description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Are there items after this page?' })
  declare hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Are there items before this page?' })
  declare hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  declare startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item: pass it as `after` to get the next page; null on an empty page.',
  })
  declare endCursor: string | null;
}

/** Which page of a list: `first` with `after`, or `last` with `before`. */
@ArgsType()
export class ConnectionArguments {
  @Field(() => Int, {
    nullable: true,
    description: `How many items from the start, at most ${MOST_PER_PAGE}; ${DEFAULT_PER_PAGE} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `How many items from the end, at most ${MOST_PER_PAGE}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only items before this cursor.' })
  before?: string | null;
}

/** One item of a page. */
export interface Edge<Node> {
  cursor: string;
  node: Node;
}

/** A page of a list. `totalCount` is asked for only when a client selects it. */
export interface Connection<Node> {
  edges: Edge<Node>[];
  pageInfo: PageInfo;
  totalCount: () => Promise<number>;
}

/** Makes the Relay connection type of a GraphQL class: `<Name>Connection` and `<Name>Edge`. */
export function connectionOf<Node extends object>(node: ClassType<Node>, name: string): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} in a page, with its cursor.` })
  class NodeEdge {
    @Field(() => String, { description: 'Opaque position of this item, for `after` and `before`.' })
    declare cursor: string;

    @Field(() => node, { description: 'The item itself.' })
    declare node: Node;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list of ${name}.` })
  class NodeConnection {
    @Field(() => [NodeEdge], { description: 'The items of this page, in order.' })
    declare edges: NodeEdge[];

    @Field(() => PageInfo, { description: 'Where this page stands in the whole list.' })
    declare pageInfo: PageInfo;

    @Cost(TOTAL_COUNT_COST)
    @Field(() => Int, { description: 'How many items the whole list has; counted only when you select it.' })
    declare totalCount: () => Promise<number>;
  }
  return NodeConnection;
}
