import { Money } from '@tutorgraph/kit/graphql/money';
import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'Under what somebody can buy a course; for our services only.' })
export class CoursePaymentTerms {
  @Field(() => String, { description: 'What the course is called.' })
  declare title: string;

  @Field(() => Money, { description: 'What it costs.' })
  declare amount: Money;

  @Field(() => Boolean, { description: 'Do they have it already?' })
  declare isEnrolled: boolean;
}
