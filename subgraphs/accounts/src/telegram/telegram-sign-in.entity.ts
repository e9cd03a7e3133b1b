import { defineEntity, p } from '@mikro-orm/core';

const TelegramSignInSchema = defineEntity({
  name: 'TelegramSignIn',
  tableName: 'telegram_sign_ins',
  indexes: [{ name: 'telegram_sign_ins_expiry', properties: ['expiresAt'] }],
  properties: {
    /** SHA-256 of the init data that was used. */
    digest: p.text().primary(),
    /** When the init data is too old anyway. */
    expiresAt: p.datetime().columnType('timestamptz'),
  },
});

/** Init data of Telegram that signed somebody in and must not do so again. */
export class TelegramSignIn extends TelegramSignInSchema.class {}
TelegramSignInSchema.setClass(TelegramSignIn);
