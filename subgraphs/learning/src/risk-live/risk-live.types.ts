import { Field, ObjectType } from 'type-graphql';
import { RiskType } from '../risk/risk.types.js';

@ObjectType({ simpleResolvers: true, description: 'Somebody has come to be at risk.' })
export class StudentAtRiskEvent {
  @Field(() => String, {
    description: 'How far the stream has come: pass it as `after` to go on from here without a gap.',
  })
  declare cursor: string;

  @Field(() => RiskType, {
    nullable: true,
    description:
      'Whose risk, as it is now, which may be newer; null when the event only tells the cursor, as the first one does, or when you may not see them any longer.',
  })
  declare risk: RiskType | null;
}
