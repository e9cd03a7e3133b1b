import { Migration } from '@mikro-orm/migrations';

/** Jobs that tidy up. */
export class Migration20261122002353_jobs_that_tidy_up extends Migration {
  override up(): void {
    this.addSql(
      `create index "speech_recordings_waiting" on "learning"."speech_recordings" ("created_at") where status = 'QUEUED'`,
    );
    this.addSql(
      `create index "student_invitations_ended" on "learning"."student_invitations" ("expires_at") where claimed_at is null`,
    );
  }
}
