import { Migration } from '@mikro-orm/migrations';

/** What tutors want to have confirmed, its files, and until when a tutor is verified. */
export class Migration20261121105000_verifications extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."verifications" ("id" uuid not null, "tutor_id" uuid not null, "kind" text not null, "status" text not null, "title" text not null, "issuer" text not null, "number" text null, "issued_on" date null, "submitted_at" timestamptz not null, "decided_at" timestamptz null, "decided_by" uuid null, "rejection_reason" text null, "valid_until" timestamptz null, "noticed_at" timestamptz null, "check_requested_at" timestamptz null, "check_verdict" text null, "check_reference" text null, "checked_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `create index "verifications_of_tutor" on "marketplace"."verifications" ("tutor_id", "submitted_at", "id")`,
    );
    this.addSql(`create index "verifications_queue" on "marketplace"."verifications" ("status", "submitted_at", "id")`);
    this.addSql(
      `create index "verifications_to_expire" on "marketplace"."verifications" ("valid_until", "id") where status = 'VERIFIED'`,
    );
    this.addSql(
      `create unique index verifications_person_once_pending on marketplace.verifications (tutor_id, kind) where status = 'PENDING' and kind in ('BACKGROUND_CHECK', 'IDENTITY')`,
    );
    this.addSql(
      `create table "marketplace"."verification_documents" ("id" uuid not null, "tutor_id" uuid not null, "verification_id" uuid null, "place" int not null, "upload_id" uuid not null, "content_type" text not null, "size" int not null, "storage_key" text null, primary key ("id"))`,
    );
    this.addSql(
      `create index "verification_documents_of_tutor" on "marketplace"."verification_documents" ("tutor_id")`,
    );
    this.addSql(
      `alter table "marketplace"."verification_documents" add constraint "verification_documents_upload_once" unique ("upload_id")`,
    );
    this.addSql(
      `alter table "marketplace"."verification_documents" add constraint "verification_documents_in_order" unique ("verification_id", "place")`,
    );
    this.addSql(`alter table "marketplace"."tutors" add "verified_until" timestamptz null`);
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_title_check" check (length(title) >= 1 and length(title) <= 200)`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_issuer_check" check (length(issuer) >= 1 and length(issuer) <= 200)`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_number_check" check (length(number) <= 100)`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_reason_check" check (length(rejection_reason) <= 1000)`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_decided_check" check ((status = 'PENDING') = (decided_at is null))`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_valid_check" check (status not in ('VERIFIED', 'EXPIRED') or valid_until is not null)`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_verdict_check" check ((check_verdict is null) = (checked_at is null))`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_check_reference_check" check (length(check_reference) <= 200)`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_kind_check" check ("kind" in ('DIPLOMA', 'CERTIFICATE', 'BACKGROUND_CHECK', 'IDENTITY'))`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_status_check" check ("status" in ('PENDING', 'VERIFIED', 'REJECTED', 'EXPIRED'))`,
    );
    this.addSql(
      `alter table "marketplace"."verifications" add constraint "verifications_check_verdict_check" check ("check_verdict" in ('CONFIRMED', 'REFUTED', 'UNKNOWN'))`,
    );
    this.addSql(
      `alter table "marketplace"."verification_documents" add constraint "verification_documents_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id") on delete cascade`,
    );
    this.addSql(
      `alter table "marketplace"."verification_documents" add constraint "verification_documents_verification_id_foreign" foreign key ("verification_id") references "marketplace"."verifications" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "marketplace"."verification_documents" add constraint "verification_documents_size_check" check (size >= 1)`,
    );
  }
}
