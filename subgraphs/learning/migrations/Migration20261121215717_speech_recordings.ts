import { Migration } from '@mikro-orm/migrations';

/** Speech recordings. */
export class Migration20261121215717_speech_recordings extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."speech_recordings" ("id" uuid not null, "student_id" uuid not null, "purpose" text not null, "language" text null, "content_type" text not null, "size" int not null, "key" text not null, "status" text not null, "failure" text null, "duration" double precision null, "transcript" text not null default '', "words" jsonb not null, "feedback" jsonb null, "model" text null, "created_at" timestamptz not null, "finished_at" timestamptz null, "removed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create index "speech_recordings_of_student" on "learning"."speech_recordings" ("student_id", "created_at", "id")`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_done_check" check ((status = 'DONE') = (feedback is not null and model is not null))`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_failed_check" check ((status = 'FAILED') = (failure is not null))`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_finished_check" check ((status = 'QUEUED') = (finished_at is null))`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_purpose_check" check ("purpose" in ('SPOKEN_ANSWER', 'LESSON_RECORDING'))`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_language_check" check ("language" in ('en', 'ru'))`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_status_check" check ("status" in ('QUEUED', 'DONE', 'FAILED'))`,
    );
    this.addSql(
      `alter table "learning"."speech_recordings" add constraint "speech_recordings_failure_check" check ("failure" in ('NOTHING_HEARD', 'REFUSED', 'NOT_AVAILABLE'))`,
    );
  }
}
