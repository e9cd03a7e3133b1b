import { ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'What waits for a curator: of their cohorts, or of the whole school for who sees all students.',
})
// Its fields are lists of other parts, in its resolver.
export class CuratorDashboard {}
