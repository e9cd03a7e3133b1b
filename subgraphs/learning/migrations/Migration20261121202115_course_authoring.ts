import { Migration } from '@mikro-orm/migrations';

/** Course authoring. */
export class Migration20261121202115_course_authoring extends Migration {
  override up(): void {
    this.addSql(
      `alter table "learning"."courses" add "document" tsvector generated always as (to_tsvector('russian'::regconfig, title || ' ' || description)) stored null`,
    );
    this.addSql(`create index courses_search on learning.courses using gin (document)`);
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_language_check" check (language in ('en', 'ru'))`,
    );
    this.addSql(
      `alter table "learning"."courses" add constraint "courses_text_check" check (length(title) between 1 and 200 and length(description) <= 10000)`,
    );
    this.addSql(
      `alter table "learning"."course_modules" add constraint "course_modules_lineage_unique" unique ("version_id", "lineage_id")`,
    );
    this.addSql(
      `alter table "learning"."course_modules" add constraint "course_modules_position_check" check (position between 1 and 100)`,
    );
    this.addSql(
      `alter table "learning"."course_modules" add constraint "course_modules_text_check" check (length(title) between 1 and 200 and length(description) <= 2000)`,
    );
    this.addSql(
      `alter table "learning"."lessons" add "document" tsvector generated always as (to_tsvector('russian'::regconfig, title || ' ' || body)) stored null`,
    );
    this.addSql(`create index lessons_search on learning.lessons using gin (document)`);
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_address_check" check (video_url ~ '^https?://')`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_position_check" check (position between 1 and 100)`,
    );
    this.addSql(
      `alter table "learning"."lessons" add constraint "lessons_text_check" check (length(title) between 1 and 200 and octet_length(body) <= 100000)`,
    );
    this.addSql(
      `create function "learning"."require_draft"(version uuid) returns void language plpgsql as $$
begin
  -- Whoever publishes waits for this, and this for them. Where the version itself goes, nothing is there to be kept.
  perform from learning.course_versions where id = version for share;
  if exists (select from learning.course_versions where id = version and status <> 'DRAFT') then
    raise exception 'A version that was published does not change; make a draft of the course'
      using errcode = 'check_violation', constraint = 'course_versions_immutable';
  end if;
end; $$`,
    );
    this.addSql(
      `create function "learning"."version_parts_immutable_fn"() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform learning.require_draft(old.version_id); end if;
  if tg_op = 'DELETE' then return old; end if;
  if tg_op = 'INSERT' or new.version_id <> old.version_id then perform learning.require_draft(new.version_id); end if;
  return new;
end; $$`,
    );
    for (const table of ['course_modules', 'lessons']) {
      this.addSql(
        `create trigger "${table}_immutable" before insert or update or delete on "learning"."${table}" for each row execute function "learning"."version_parts_immutable_fn"()`,
      );
    }
    this.addSql(
      `create function "learning"."lesson_module_fn"() returns trigger language plpgsql as $$
begin
  if not exists (select from learning.course_modules where id = new.module_id and version_id = new.version_id) then
    raise exception 'The module of a lesson is of another version of the course'
      using errcode = 'check_violation', constraint = 'lessons_same_version';
  end if;
  return new;
end; $$`,
    );
    this.addSql(
      `create trigger "lessons_same_version" before insert or update of module_id, version_id on "learning"."lessons" for each row execute function "learning"."lesson_module_fn"()`,
    );
    this.addSql(
      `create function "learning"."prerequisites_immutable_fn"() returns trigger language plpgsql as $$
declare
  version uuid;
begin
  if tg_op <> 'INSERT' then
    perform learning.require_draft(version_id) from learning.lessons where id = old.lesson_id;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  select l.version_id into version from learning.lessons l
    join learning.lessons r on r.version_id = l.version_id and r.id = new.required_id where l.id = new.lesson_id;
  if version is null then
    raise exception 'A lesson can only wait for lessons of its own version'
      using errcode = 'check_violation', constraint = 'lesson_prerequisites_same_version';
  end if;
  perform learning.require_draft(version);
  return new;
end; $$`,
    );
    this.addSql(
      `create trigger "lesson_prerequisites_immutable" before insert or update or delete on "learning"."lesson_prerequisites" for each row execute function "learning"."prerequisites_immutable_fn"()`,
    );
    this.addSql(
      `create function "learning"."course_versions_immutable_fn"() returns trigger language plpgsql as $$
begin
  if new.course_id <> old.course_id or new.number <> old.number
     or (old.status <> 'DRAFT' and new.published_at is distinct from old.published_at)
     or (old.status <> new.status and (old.status, new.status) not in (('DRAFT', 'PUBLISHED'), ('PUBLISHED', 'RETIRED'))) then
    raise exception 'A version of a course is drafted, published and retired, in this order'
      using errcode = 'check_violation', constraint = 'course_versions_immutable';
  end if;
  return new;
end; $$`,
    );
    this.addSql(
      `create trigger "course_versions_immutable" before update on "learning"."course_versions" for each row execute function "learning"."course_versions_immutable_fn"()`,
    );
  }
}
