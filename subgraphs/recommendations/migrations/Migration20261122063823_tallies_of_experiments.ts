import { Migration } from '@mikro-orm/migrations';

/** Tallies of experiments. */
export class Migration20261122063823_tallies_of_experiments extends Migration {
  override up(): void {
    this.addSql(`alter table "recommendations"."experiments" add "tally" jsonb null`);
    this.addSql(
      `alter table "recommendations"."experiments" add constraint "experiments_tally_check" check (tally is null or status = 'COMPLETED')`,
    );
  }
}
