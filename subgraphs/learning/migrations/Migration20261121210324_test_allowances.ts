import { Migration } from '@mikro-orm/migrations';

/** Test allowances. */
export class Migration20261121210324_test_allowances extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."test_allowances" ("enrollment_id" uuid not null, "test_id" uuid not null, "extra_attempts" int not null default 0, "extra_minutes" int not null default 0, "pause_waived_at" timestamptz null, "granted_by" uuid null, "updated_at" timestamptz not null, primary key ("enrollment_id", "test_id"))`,
    );
    this.addSql(`create index "test_allowances_of_test" on "learning"."test_allowances" ("test_id")`);
    this.addSql(
      `alter table "learning"."test_allowances" add constraint "test_allowances_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."test_allowances" add constraint "test_allowances_test_id_foreign" foreign key ("test_id") references "learning"."tests" ("id") on update cascade on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."test_allowances" add constraint "test_allowances_attempts_check" check (extra_attempts between 0 and 20)`,
    );
    this.addSql(
      `alter table "learning"."test_allowances" add constraint "test_allowances_minutes_check" check (extra_minutes between 0 and 480)`,
    );
  }
}
