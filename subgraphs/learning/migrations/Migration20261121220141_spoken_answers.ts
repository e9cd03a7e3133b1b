import { Migration } from '@mikro-orm/migrations';

/** Spoken answers. */
export class Migration20261121220141_spoken_answers extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."assistant_answer_audio" ("answer_id" uuid not null, "key" text not null, "model" text not null, "voice" text not null, "ready_at" timestamptz null, primary key ("answer_id"))`,
    );
    this.addSql(
      `alter table "learning"."assistant_answer_audio" add constraint "assistant_answer_audio_answer_id_foreign" foreign key ("answer_id") references "learning"."assistant_messages" ("id") on update cascade on delete cascade`,
    );
  }
}
