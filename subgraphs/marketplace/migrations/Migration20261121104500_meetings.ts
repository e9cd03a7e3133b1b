import { Migration } from '@mikro-orm/migrations';

/** Which time the video room of a booking has, and who works at it. */
export class Migration20261121104500_meetings extends Migration {
  override up(): void {
    this.addSql(
      `alter table "marketplace"."bookings" add "meeting_sequence" int null, add "meeting_claimed_until" timestamptz null`,
    );
  }
}
