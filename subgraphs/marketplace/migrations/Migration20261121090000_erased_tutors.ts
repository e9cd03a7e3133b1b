import { Migration } from '@mikro-orm/migrations';

/** Profiles of people who asked to be forgotten. */
export class Migration20261121090000_erased_tutors extends Migration {
  override up(): void {
    this.addSql('alter table "marketplace"."tutors" add "erased_at" timestamptz null');
  }
}
