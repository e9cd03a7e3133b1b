import { SignedIn } from '@tutorgraph/kit/graphql/access';
import { type Connection, ConnectionArguments } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Limited } from '@tutorgraph/kit/graphql/limited';
import { Url } from '@tutorgraph/kit/graphql/scalars';
import { answer } from '@tutorgraph/kit/graphql/user-error';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { LearningError } from '../errors.js';
import type { Student } from '../students/student.entity.js';
import { studentsById } from '../students/student.repository.js';
import { StudentType } from '../students/student.types.js';
import type { SpeechRecording } from './recording.entity.js';
import type { RecordingService } from './recording.service.js';
import {
  DeleteRecordingInput,
  DeleteRecordingPayload,
  SpeechRecordingConnection,
  SpeechRecordingType,
  TranscribeRecordingInput,
  TranscribeRecordingPayload,
} from './recording.types.js';

/** Speech of students in the graph. */
@Resolver(() => SpeechRecordingType)
export class RecordingResolver {
  constructor(private readonly service: RecordingService) {}

  @SignedIn()
  @Limited({ viewer: { points: 30, seconds: 60 * 60 } })
  @Mutation(() => TranscribeRecordingPayload, {
    nullable: true,
    description:
      'Writes down what is said in a recording, with feedback on pace, pauses, fillers and mistakes. It comes back at once; ask for the recording again in some seconds.',
  })
  transcribeRecording(
    @Arg('input', () => TranscribeRecordingInput, { description: 'The recording.' }) input: TranscribeRecordingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ recording: await this.service.transcribe(context, input) }));
  }

  @SignedIn()
  @Mutation(() => DeleteRecordingPayload, {
    nullable: true,
    description: 'Takes a recording of yours back, with its file and all that was made of it.',
  })
  deleteRecording(
    @Arg('input', () => DeleteRecordingInput, { description: 'Which recording.' }) input: DeleteRecordingInput,
    @Ctx() context: RequestContext,
  ) {
    return answer(context, LearningError, async () => ({ recordingId: await this.service.remove(context, input) }));
  }

  @SignedIn()
  @Query(() => SpeechRecordingType, {
    nullable: true,
    description: 'A recording: yours, or of a student whom you see; null when there is none.',
  })
  recording(
    @Arg('id', () => ID, { description: 'Identity of the recording.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<SpeechRecording | null> {
    return this.service.find(context, id);
  }

  @SignedIn()
  @Query(() => SpeechRecordingConnection, { nullable: true, description: 'Your recordings, the latest first.' })
  myRecordings(
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<SpeechRecording>> {
    return this.service.list(context, page);
  }

  @SignedIn()
  @Query(() => SpeechRecordingConnection, {
    nullable: true,
    description: 'Recordings of a student whom you see, the latest first; of others you see none.',
  })
  studentRecordings(
    @Arg('studentId', () => ID, { description: 'Whose.' }) studentId: string,
    @Args(() => ConnectionArguments) page: ConnectionArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<SpeechRecording>> {
    return this.service.list(context, page, studentId);
  }

  @FieldResolver(() => StudentType, { nullable: true, description: 'Whose it is.' })
  student(@Root() { studentId }: SpeechRecording, @Ctx() context: RequestContext): Promise<Student | null> {
    return context.loader(studentsById).load(studentId);
  }

  @FieldResolver(() => Url, { description: 'Where the file can be had for an hour: ask again after that.' })
  url(@Root() recording: SpeechRecording): Promise<string> {
    return this.service.url(recording);
  }
}
