import { Migration } from '@mikro-orm/migrations';

/** Homework of a version that was published does not change. */
export class Migration20261121203600_homework_is_written_in_drafts extends Migration {
  override up(): void {
    this.addSql(
      `create function "learning"."homework_immutable_fn"() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform learning.require_draft(version_id) from learning.lessons where id = old.lesson_id;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if tg_op = 'INSERT' or new.lesson_id <> old.lesson_id then
    perform learning.require_draft(version_id) from learning.lessons where id = new.lesson_id;
  end if;
  return new;
end; $$`,
    );
    this.addSql(
      `create trigger "homework_immutable" before insert or update or delete on "learning"."homework" for each row execute function "learning"."homework_immutable_fn"()`,
    );
  }
}
