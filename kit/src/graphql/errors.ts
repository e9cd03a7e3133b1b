import { GraphQLError } from 'graphql';

function coded(code: string, message: string, cause?: unknown, extensions: Record<string, unknown> = {}): GraphQLError {
  const originalError = cause instanceof Error ? cause : undefined;
  return new GraphQLError(message, { extensions: { code, ...extensions }, ...(originalError && { originalError }) });
}

/** Nobody is signed in, or the token does not prove it. */
export function unauthenticated(message = 'Sign in to do this', cause?: unknown): GraphQLError {
  return coded('UNAUTHENTICATED', message, cause);
}

/** The viewer is known and may not. */
export function forbidden(message = 'Your account may not do this'): GraphQLError {
  return coded('FORBIDDEN', message);
}

/** The viewer's address is not proven yet, and so they may not change anything. */
export function emailNotVerified(): GraphQLError {
  return coded(
    'EMAIL_NOT_VERIFIED',
    'Verify your email address first: requestEmailVerification sends a code, verifyEmail takes it; then refresh the session',
  );
}

/** The request itself is wrong: an argument that no use of the API would produce. */
export function badUserInput(message: string, cause?: unknown): GraphQLError {
  return coded('BAD_USER_INPUT', message, cause);
}

/** Something that the request needs cannot be reached right now. */
export function serviceUnavailable(message: string, cause?: unknown): GraphQLError {
  return coded('SERVICE_UNAVAILABLE', message, cause);
}

/** The field is there for development, and this is not. */
export function developmentOnly(message: string): GraphQLError {
  return coded('DEVELOPMENT_ONLY', message);
}
