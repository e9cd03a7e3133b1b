import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  indexes: [
    { name: 'sessions_of_user', properties: ['userId'] },
    { name: 'sessions_revoked', properties: ['revokedAt'] },
    { name: 'sessions_expiry', properties: ['expiresAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade'),
    /** The program that signed in, as it called itself. */
    userAgent: p.text().nullable(),
    /** The network address of the last use. */
    networkAddress: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    lastUsedAt: p.datetime().columnType('timestamptz'),
    expiresAt: p.datetime().columnType('timestamptz'),
    revokedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** One sign-in on one device: the family of all refresh tokens that came from it. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_tokens',
  indexes: [{ name: 'refresh_tokens_of_session', properties: ['sessionId'] }],
  properties: {
    /** SHA-256 of the token; the token itself is known only to its owner. */
    tokenHash: p.text().primary(),
    sessionId: () => p.manyToOne(Session).mapToPk().fieldName('session_id').deleteRule('cascade'),
    createdAt: p.datetime().columnType('timestamptz'),
    /** When its successor was given out; null for the newest of the family. */
    replacedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A refresh token of a session, used or not. */
export class RefreshToken extends RefreshTokenSchema.class {}
RefreshTokenSchema.setClass(RefreshToken);
