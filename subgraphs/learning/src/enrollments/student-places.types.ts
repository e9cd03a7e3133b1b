import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A course that a student learns, has completed or left.' })
export class StudentPlace {
  @Field(() => ID, { description: 'Identity of the enrolment.' })
  declare enrollmentId: string;

  @Field(() => ID, { description: 'Identity of the course.' })
  declare courseId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Identity of the cohort; null for none, and once they have left it.',
  })
  declare cohortId: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Where a student belongs now. For our services only.' })
export class StudentPlaces {
  @Field(() => ID, { nullable: true, description: 'Their account; null until they have one.' })
  declare userId: string | null;

  @Field(() => [StudentPlace], { description: 'Every course of theirs.' })
  declare places: StudentPlace[];
}
