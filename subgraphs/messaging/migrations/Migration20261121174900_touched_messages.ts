import { Migration } from '@mikro-orm/migrations';

/**
 * What is shown with a message changes the message, for devices that keep it: reactions, pins, and whether its room hides
 * contacts. The database sees to it: no statement can forget it.
 */
export class Migration20261121174900_touched_messages extends Migration {
  override up(): void {
    this.addSql(`create function messaging.touch_message() returns trigger language plpgsql as $$
      begin
        update messaging.chat_messages set changed_tx = changed_tx
          where id = case tg_op when 'DELETE' then old.message_id else new.message_id end;
        return null;
      end $$`);
    for (const table of ['chat_reactions', 'chat_pins']) {
      this.addSql(`create trigger touch_message after insert or delete on messaging.${table}
        for each row execute function messaging.touch_message()`);
    }
    this.addSql(`create function messaging.touch_contacts() returns trigger language plpgsql as $$
      begin
        update messaging.chat_messages set changed_tx = changed_tx
          where room_id = new.id and has_contacts and deleted_at is null;
        return null;
      end $$`);
    this.addSql(`create trigger touch_contacts after update of hides_contacts on messaging.chat_rooms
      for each row when (old.hides_contacts is distinct from new.hides_contacts)
      execute function messaging.touch_contacts()`);
  }
}
