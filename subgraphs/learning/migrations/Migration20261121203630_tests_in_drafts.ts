import { Migration } from '@mikro-orm/migrations';

/** Tests belong to quizzes, and change only while the version of their lesson is a draft. */
export class Migration20261121203630_tests_in_drafts extends Migration {
  override up(): void {
    this.addSql(
      `create function "learning"."tests_in_drafts_fn"() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform learning.require_draft(version_id) from learning.lessons where id = old.lesson_id;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if not exists (select from learning.lessons where id = new.lesson_id and kind = 'QUIZ') then
    raise exception 'Only a quiz has a test' using errcode = 'check_violation', constraint = 'tests_of_quizzes';
  end if;
  perform learning.require_draft(version_id) from learning.lessons where id = new.lesson_id;
  return new;
end; $$`,
    );
    this.addSql(
      `create trigger "tests_in_drafts" before insert or update or delete on "learning"."tests" for each row execute function "learning"."tests_in_drafts_fn"()`,
    );
    this.addSql(
      `create function "learning"."test_items_in_drafts_fn"() returns trigger language plpgsql as $$
begin
  perform learning.require_draft(l.version_id) from learning.tests t join learning.lessons l on l.id = t.lesson_id
    where t.id = case tg_op when 'DELETE' then old.test_id else new.test_id end;
  return case tg_op when 'DELETE' then old else new end;
end; $$`,
    );
    this.addSql(
      `create trigger "test_items_in_drafts" before insert or update or delete on "learning"."test_items" for each row execute function "learning"."test_items_in_drafts_fn"()`,
    );
    this.addSql(
      `create function "learning"."lesson_without_test_fn"() returns trigger language plpgsql as $$
begin
  delete from learning.tests where lesson_id = new.id;
  return null;
end; $$`,
    );
    this.addSql(
      `create trigger "lessons_without_test" after update of kind on "learning"."lessons" for each row when (old.kind = 'QUIZ' and new.kind <> 'QUIZ') execute function "learning"."lesson_without_test_fn"()`,
    );
  }
}
