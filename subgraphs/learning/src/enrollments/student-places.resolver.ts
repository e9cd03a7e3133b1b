import { ServiceOnly } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { StudentPlacesService } from './student-places.service.js';
import { StudentPlaces } from './student-places.types.js';

/** Where students belong, in the graph of our services. */
@Resolver()
export class StudentPlacesResolver {
  constructor(private readonly service: StudentPlacesService) {}

  @ServiceOnly('studentPlaces')
  @Directive('@inaccessible')
  @Query(() => StudentPlaces, {
    nullable: true,
    description: 'Where a student belongs now; null when there is no such student. For our services only.',
  })
  studentPlaces(
    @Arg('studentId', () => ID, { description: 'Which student.' }) studentId: string,
    @Ctx() context: RequestContext,
  ): Promise<StudentPlaces | null> {
    return this.service.find(context, studentId);
  }
}
