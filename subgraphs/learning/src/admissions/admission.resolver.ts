import { Requires, ServiceOnly, SignedIn } from '@tutorgraph/kit/graphql/access';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql';
import { LearningError } from '../errors.js';
import {
  ClaimStudentInput,
  ClaimStudentPayload,
  ImportStudentsInput,
  ImportStudentsPayload,
  InviteStudentInput,
  InviteStudentPayload,
  StudentInvitationMessage,
  UpdateStudentInput,
  UpdateStudentPayload,
} from './admission.payloads.js';
import type { AdmissionService } from './admission.service.js';
import type { InvitationService } from './invitation.service.js';

const HOUR = 60 * 60;

/** How people become students who are brought or invited, in the graph. */
@Resolver()
export class AdmissionResolver {
  constructor(
    private readonly service: AdmissionService,
    private readonly invitations: InvitationService,
  ) {}

  @Requires('learning.students.manage')
  @Limited({ viewer: { points: 60, seconds: HOUR } })
  @Mutation(() => ImportStudentsPayload, {
    nullable: true,
    description:
      'Takes students in from another system: whoever is known by address or id is brought up to date, the others are added; whoever has an account with that address finds their place by themselves. All rows or none. For staff.',
  })
  importStudents(
    @Arg('input', () => ImportStudentsInput, { description: 'The rows.' }) input: ImportStudentsInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => {
      const { students, enrolled } = await this.service.import(context, input);
      return {
        students: students.map(({ row, isNew, student }) => ({
          row,
          isNew,
          student: isNew && input.dryRun ? null : student,
        })),
        addedCount: students.filter(({ isNew }) => isNew).length,
        enrolledCount: enrolled,
      };
    });
  }

  @Requires('learning.students.manage')
  @Limited({ viewer: { points: 600, seconds: HOUR } })
  @Mutation(() => InviteStudentPayload, {
    nullable: true,
    description:
      'Mails somebody without an account a code by which they take their place, good for 14 days; a former one is good no longer. For staff.',
  })
  inviteStudent(
    @Arg('input', () => InviteStudentInput, { description: 'Whom.' }) input: InviteStudentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.invitations.invite(context, input));
  }

  @Requires('learning.students.manage')
  @Mutation(() => UpdateStudentPayload, {
    nullable: true,
    description: 'Changes what the school has written about a student. For staff.',
  })
  updateStudent(
    @Arg('input', () => UpdateStudentInput, { description: 'What to change.' }) input: UpdateStudentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.service.update(context, input));
  }

  @SignedIn()
  @Limited({ viewer: { points: 20, seconds: HOUR } })
  @Mutation(() => ClaimStudentPayload, {
    nullable: true,
    description:
      'Takes the place that you were invited to: its courses are yours then. If you are a student already, both become one.',
  })
  claimStudent(
    @Arg('input', () => ClaimStudentInput, { description: 'The code.' }) input: ClaimStudentInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, () => this.invitations.claim(context, input));
  }

  @ServiceOnly('studentInvitation')
  @Directive('@inaccessible')
  @Query(() => StudentInvitationMessage, {
    nullable: true,
    description:
      'What to mail to a student who was invited; null when they have come, or it is too old. For our services only.',
  })
  studentInvitation(
    @Arg('studentId', () => ID, { description: 'Which student.' }) studentId: string,
    @Ctx() context: RequestContext,
  ) {
    return this.invitations.message(context, studentId);
  }
}
