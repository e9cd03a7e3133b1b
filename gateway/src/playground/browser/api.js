const ACCEPT = 'application/graphql-response+json, application/json';

/** Sends one query or mutation and gives GraphQL's answer, whatever the HTTP status is. */
export async function send(endpoint, request, headers) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { accept: ACCEPT, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText}: ${text.slice(0, 200)}`);
  }
}

/** Calls one of the mutations that sign in or renew, and gives its payload; throws what the user should read. */
export async function callForSession(endpoint, field, inputType, input) {
  const answer = await send(endpoint, {
    query: `mutation Playground($input: ${inputType}!) {
      ${field}(input: $input) {
        session { accessToken refreshToken accessTokenExpiresAt }
        user { id displayName }
        userErrors { message }
      }
    }`,
    variables: { input },
  });
  const payload = answer.data?.[field];
  if (payload?.session) return payload;
  const messages = [...(payload?.userErrors ?? []), ...(answer.errors ?? [])].map((error) => error.message);
  throw new Error(messages.join(' ') || 'The server gave no session.');
}
