import { Migration } from '@mikro-orm/migrations';

/** Interviews of interviewer. */
export class Migration20261121124214_interviews_of_interviewer extends Migration {
  override up(): void {
    this.addSql(
      `create index "interviews_of_interviewer" on "marketplace"."interviews" ("interviewer_id", "starts_at") where interviewer_id is not null`,
    );
  }
}
