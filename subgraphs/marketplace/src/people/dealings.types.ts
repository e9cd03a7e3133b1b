import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@inaccessible')
@ObjectType('Dealings', {
  simpleResolvers: true,
  description: 'What two people have to do with each other. For our services only.',
})
export class DealingsType {
  @Field(() => Boolean, { description: 'Was a lesson between them paid?' })
  declare isPaid: boolean;
}
