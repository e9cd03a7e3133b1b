import { Migration } from '@mikro-orm/migrations';

/** Which membership makes a tutor premium. */
export class Migration20261121145448_premium_memberships extends Migration {
  override up(): void {
    this.addSql(`alter table "marketplace"."tutors" add "premium_membership_id" uuid null`);
  }
}
