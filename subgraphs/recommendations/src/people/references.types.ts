import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A tutor of marketplace, to whom this room adds what it knows. */
@Directive('@key(fields: "id")')
@ObjectType('Tutor', { simpleResolvers: true, description: 'Somebody who teaches.' })
export class TutorReference {
  @Field(() => ID, { description: 'Identity of the tutor.' })
  declare id: string;
}

/** An order of marketplace, by id only. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Order', { simpleResolvers: true, description: 'What a student looks for.' })
export class OrderReference {
  @Field(() => ID, { description: 'Identity of the order.' })
  declare id: string;
}

/** An application of marketplace, to which this room adds how well it fits. */
@Directive('@key(fields: "id")')
@ObjectType('Application', { simpleResolvers: true, description: "A tutor's answer to an order." })
export class ApplicationReference {
  @Field(() => ID, { description: 'Identity of the application.' })
  declare id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('User', {
  simpleResolvers: true,
  description: 'A person with an account; what it holds comes from accounts.',
})
export class UserReference {
  @Field(() => ID, { description: 'Identity of the account.' })
  declare id: string;
}
