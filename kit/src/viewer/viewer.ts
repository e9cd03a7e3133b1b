/** Every role an account may have, from the highest to the lowest. */
export const roles = ['SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR', 'CURATOR', 'TUTOR', 'STUDENT'] as const;

/** What somebody is to the platform; the permissions behind a role are data. */
export type Role = (typeof roles)[number];

/** Roles of people who work for the platform. Their rights are refused when the rights' copy is stale. */
export const staffRoles: ReadonlySet<Role> = new Set(['SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR', 'CURATOR']);

/** Nobody has signed in. */
export interface AnonymousViewer {
  kind: 'anonymous';
}

/** A person, proven by an access token. */
export interface UserViewer {
  kind: 'user';
  userId: string;
  sessionId: string;
  role: Role;
  /** Is the account's address proven? Until then the person may read and prove it, nothing more. */
  isVerified: boolean;
  /** The language that the person chose, for messages. */
  locale: string | undefined;
  /** When the access token was signed, in seconds since 1970; 0 when it does not say. */
  issuedAt: number;
  /** When the access token ends, in seconds since 1970. */
  expiresAt: number;
}

/** Another service of ours, proven by a token that it signed itself. */
export interface ServiceViewer {
  kind: 'service';
  service: string;
  /** Entity fields it asks to read, such as `User.displayName`. */
  scopes: readonly string[];
}

/** Who asks. */
export type Viewer = AnonymousViewer | UserViewer | ServiceViewer;

/** The viewer without a token. */
export const anonymous: AnonymousViewer = { kind: 'anonymous' };
