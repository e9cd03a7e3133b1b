import { Migration } from '@mikro-orm/migrations';

/**
 * Invitations, and how many belong to a cohort: the database counts them, so that no statement can forget it and a full cohort
 * refuses whoever comes next, however many come at once.
 */
export class Migration20261121203305_students extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."student_invitations" ("id" uuid not null, "student_id" uuid not null, "code_hash" text not null, "language" text not null, "invited_by" uuid null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "claimed_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create index "student_invitations_of_student" on "learning"."student_invitations" ("student_id", "created_at")`,
    );
    this.addSql(
      `create unique index student_invitations_one_open on learning.student_invitations (student_id) where claimed_at is null and revoked_at is null`,
    );
    this.addSql(
      `alter table "learning"."student_invitations" add constraint "student_invitations_code_unique" unique ("code_hash")`,
    );
    this.addSql(`alter table "learning"."cohorts" add "member_count" int not null default 0`);
    this.addSql(
      `alter table "learning"."cohorts" add constraint "cohorts_seats_check" check (member_count >= 0 and (capacity is null or member_count <= capacity))`,
    );
    this.addSql(`alter table "learning"."students" add "account_name" text null`);
    this.addSql(
      `alter table "learning"."student_invitations" add constraint "student_invitations_student_id_foreign" foreign key ("student_id") references "learning"."students" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."student_invitations" add constraint "student_invitations_end_check" check (claimed_at is null or revoked_at is null)`,
    );
    this.addSql(
      `alter table "learning"."student_invitations" add constraint "student_invitations_time_check" check (expires_at > created_at)`,
    );
    this.addSql(
      `alter table "learning"."student_invitations" add constraint "student_invitations_language_check" check ("language" in ('en', 'ru'))`,
    );
    this.addSql(`update learning.cohorts c set member_count = (
      select count(*) from learning.enrollments e where e.cohort_id = c.id and e.status <> 'DROPPED')`);
    this.addSql(`create function learning.count_cohort_members() returns trigger language plpgsql as $$
      declare
        was uuid := case when tg_op <> 'INSERT' and old.status <> 'DROPPED' then old.cohort_id end;
        becomes uuid := case when tg_op <> 'DELETE' and new.status <> 'DROPPED' then new.cohort_id end;
      begin
        if tg_op <> 'DELETE' and new.cohort_id is not null and not exists (
          select from learning.cohorts where id = new.cohort_id and course_id = new.course_id
        ) then
          raise exception 'The cohort % goes through another course', new.cohort_id
            using errcode = 'check_violation', constraint = 'enrollments_cohort_course_check';
        end if;
        if was is distinct from becomes then
          -- In the order of their ids: two who change places do not wait for each other.
          perform from learning.cohorts where id in (was, becomes) order by id for no key update;
          update learning.cohorts set member_count = member_count - 1 where id = was;
          update learning.cohorts set member_count = member_count + 1 where id = becomes;
        end if;
        return null;
      end $$`);
    this.addSql(`create trigger count_cohort_members after insert or delete or update of cohort_id, course_id, status
      on learning.enrollments for each row execute function learning.count_cohort_members()`);
  }
}
