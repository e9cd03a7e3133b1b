import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('User', {
  simpleResolvers: true,
  description: 'A person with an account; what it holds comes from accounts.',
})
export class UserReference {
  @Field(() => ID, { description: 'Identity of the account.' })
  declare id: string;
}
