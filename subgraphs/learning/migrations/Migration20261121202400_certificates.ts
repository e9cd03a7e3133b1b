import { Migration } from '@mikro-orm/migrations';

/** Certificates. */
export class Migration20261121202400_certificates extends Migration {
  override up(): void {
    this.addSql(
      `create table "learning"."badge_keys" ("id" uuid not null, "active" boolean null, "public_key" jsonb not null, "sealed_private_key" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "learning"."badge_keys" add constraint "badge_keys_one_active" unique ("active")`);
    this.addSql(
      `create table "learning"."certificates" ("id" uuid not null, "code" text not null, "enrollment_id" uuid not null, "student_id" uuid not null, "course_id" uuid not null, "holder_name" text null, "course_title" text not null, "language" text not null, "minutes" int not null, "score" int null, "issued_at" timestamptz not null, "issued_by" uuid null, "revoked_at" timestamptz null, "revoked_by" uuid null, "revocation_reason" text null, primary key ("id"))`,
    );
    this.addSql(
      `create index "certificates_of_student" on "learning"."certificates" ("student_id", "issued_at", "id")`,
    );
    this.addSql(
      `create index "certificates_revoked" on "learning"."certificates" ("revoked_at") where revoked_at is not null`,
    );
    this.addSql(
      `create unique index certificates_once_valid on learning.certificates (enrollment_id) where revoked_at is null`,
    );
    this.addSql(`alter table "learning"."certificates" add constraint "certificates_code_unique" unique ("code")`);
    this.addSql(
      `alter table "learning"."certificates" add constraint "certificates_enrollment_id_foreign" foreign key ("enrollment_id") references "learning"."enrollments" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "learning"."certificates" add constraint "certificates_revoked_check" check ((revoked_at is null) = (revocation_reason is null))`,
    );
    this.addSql(
      `alter table "learning"."certificates" add constraint "certificates_score_check" check (score is null or score between 0 and 100)`,
    );
    this.addSql(
      `alter table "learning"."certificates" add constraint "certificates_holder_check" check (holder_name is not null or revoked_at is not null)`,
    );
  }
}
