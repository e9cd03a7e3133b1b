/** What Google answers: a status, a body, and headers if there are any. */
export interface GoogleAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Refuses as the Calendar API does. */
export function apiError(status: number, reason: string, message: string, domain = 'global'): GoogleAnswer {
  return { status, body: { error: { errors: [{ domain, reason, message }], code: status, message } } };
}

/** Refuses as the token endpoint does. */
export function tokenError(status: number, error: string, error_description: string): GoogleAnswer {
  return { status, body: { error, error_description } };
}

/** Answers that Google gives to requests that are in order, when it cannot or does not want to serve them. */
export const troubles = {
  rateLimited: { ...apiError(429, 'rateLimitExceeded', 'Rate Limit Exceeded', 'usageLimits') },
  userRateLimited: { ...apiError(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', 'usageLimits') },
  backendError: { ...apiError(503, 'backendError', 'Backend Error') },
  forbidden: { ...apiError(403, 'forbidden', 'Forbidden') },
} satisfies Record<string, GoogleAnswer>;

/** What the API says to a token that is none, or none any longer. */
export const invalidCredentials: GoogleAnswer = {
  ...apiError(401, 'authError', 'Invalid Credentials'),
  headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
};
