import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Course', {
  simpleResolvers: true,
  description: 'A course of the school; what it holds comes from learning.',
})
export class CourseReference {
  @Field(() => ID, { description: 'Identity of the course.' })
  declare id: string;
}
