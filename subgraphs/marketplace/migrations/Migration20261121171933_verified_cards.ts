import { Migration } from '@mikro-orm/migrations';

/** Who is verified is found where few are. */
export class Migration20261121171933_verified_cards extends Migration {
  override up(): void {
    this.addSql(
      `create index tutor_cards_verified on marketplace.tutor_cards (verified_until) where verified_until is not null`,
    );
  }
}
