import { Migration } from '@mikro-orm/migrations';

/** Staff by role. */
export class Migration20261121171729_staff_by_role extends Migration {
  override up(): void {
    this.addSql(`create index "users_of_role" on "accounts"."users" ("role", "id")`);
  }
}
