import { Migration } from '@mikro-orm/migrations';

/** Talks of staff with tutors about what they teach. */
export class Migration20261121104000_interviews extends Migration {
  override up(): void {
    this.addSql(
      `create table "marketplace"."interviews" ("id" uuid not null, "tutor_id" uuid not null, "subject_id" uuid not null, "offering_id" uuid null, "status" text not null, "note" text null, "preferred_times" text null, "internal_note" text null, "starts_at" timestamptz null, "ends_at" timestamptz null, "interviewer_id" uuid null, "sequence" int not null default 0, "version" int not null default 1, "rejection_reason" text null, "verdict" text null, "outcome_note" text null, "cancelled_by" text null, "cancel_reason" text null, "decided_at" timestamptz null, "meeting_provider" text null, "meeting_id" text null, "meeting_url" text null, "meeting_sequence" int null, "meeting_claimed_until" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "interviews_newest" on "marketplace"."interviews" ("created_at", "id")`);
    this.addSql(`create index "interviews_of_tutor" on "marketplace"."interviews" ("tutor_id", "created_at", "id")`);
    this.addSql(
      `create index "interviews_by_time" on "marketplace"."interviews" ("starts_at") where starts_at is not null`,
    );
    this.addSql(
      `create index interviews_passed on marketplace.interviews (tutor_id, subject_id) where verdict = 'PASSED'`,
    );
    this.addSql(
      `create unique index interviews_live_once_per_offering on marketplace.interviews (offering_id) where status in ('PENDING', 'SCHEDULED')`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_interviewer_free" exclude using gist (interviewer_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'SCHEDULED')`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_tutor_free" exclude using gist (tutor_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'SCHEDULED')`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_tutor_id_foreign" foreign key ("tutor_id") references "marketplace"."tutors" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_subject_id_foreign" foreign key ("subject_id") references "marketplace"."subjects" ("id")`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_offering_id_foreign" foreign key ("offering_id") references "marketplace"."offerings" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_live_check" check (status not in ('PENDING', 'SCHEDULED') or offering_id is not null)`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_times_check" check ((starts_at is null) = (ends_at is null) and ends_at > starts_at)`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_scheduled_check" check (status not in ('SCHEDULED', 'COMPLETED') or (starts_at is not null and interviewer_id is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_completed_check" check ((status = 'COMPLETED') = (verdict is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_rejected_check" check ((status = 'REJECTED') = (rejection_reason is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_cancelled_check" check ((status = 'CANCELLED') = (cancelled_by is not null))`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_words_check" check (length(note) <= 2000 and length(preferred_times) <= 500 and length(internal_note) <= 5000 and length(outcome_note) <= 5000 and length(rejection_reason) <= 2000 and length(cancel_reason) <= 2000)`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_status_check" check ("status" in ('PENDING', 'SCHEDULED', 'COMPLETED', 'REJECTED', 'CANCELLED'))`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_verdict_check" check ("verdict" in ('PASSED', 'FAILED'))`,
    );
    this.addSql(
      `alter table "marketplace"."interviews" add constraint "interviews_cancelled_by_check" check ("cancelled_by" in ('TUTOR', 'STAFF'))`,
    );
  }
}
