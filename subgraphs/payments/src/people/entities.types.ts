import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A tutor of marketplace, by id only. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Tutor', { simpleResolvers: true, description: 'Somebody who teaches.' })
export class TutorReference {
  @Field(() => ID, { description: 'Identity of the tutor.' })
  declare id: string;
}

/** A booking of marketplace, to which payments adds its payment. */
@Directive('@key(fields: "id")')
@ObjectType('Booking', { simpleResolvers: true, description: 'A lesson that was agreed upon.' })
export class BookingReference {
  @Field(() => ID, { description: 'Identity of the booking.' })
  declare id: string;
}

/** A subject of marketplace, by id only. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Subject', { simpleResolvers: true, description: 'Something that is taught.' })
export class SubjectReference {
  @Field(() => ID, { description: 'Identity of the subject.' })
  declare id: string;
}

/** A course of learning, by id only. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Course', { simpleResolvers: true, description: 'Something that the school teaches.' })
export class CourseReference {
  @Field(() => ID, { description: 'Identity of the course.' })
  declare id: string;
}
