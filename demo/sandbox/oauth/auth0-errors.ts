import type { ErrorOut } from 'oidc-provider';
import { json, type Answer } from '../exchange/answers.js';

interface Refused {
  readonly answer: Answer;
  /** The form of the request, without its secrets. */
  readonly form: Readonly<Record<string, string>>;
  /** Why the library refused. Auth0 has different answers for some reasons. */
  readonly detail: string | undefined;
}

/**
 * Converts a refusal of the token endpoint to Auth0's form, with other codes than the RFCs and 403 instead of
 * 400. Issuers differ in both, and a client that knows only one form misleads its operator.
 */
export function asAuth0({ answer, form, detail }: Refused): Answer {
  const { error } = parse(answer.body);
  const refuse = (status: number, code: string, description: string) =>
    json(status, { error: code, error_description: description }, { 'Cache-Control': 'no-store' });
  switch (error) {
    case 'invalid_client':
      return 'client_assertion' in form
        ? refuse(401, 'invalid_client', 'Failed client authentication')
        : refuse(401, 'access_denied', 'Unauthorized');
    case 'invalid_target':
      return form['audience'] === undefined
        ? refuse(
            403,
            'access_denied',
            'No audience parameter was provided, and no default audience has been configured',
          )
        : refuse(403, 'access_denied', `Service not enabled within domain: ${form['audience']}`);
    case 'invalid_grant':
      return refuse(403, 'invalid_grant', grantProblem(form, detail));
    case 'invalid_request':
      // The library uses this code where RFC 6749 has unauthorized_client.
      if (!detail?.includes('grant type is not allowed')) return answer;
      return refuse(
        403,
        'unauthorized_client',
        `Grant type '${form['grant_type']}' not allowed for the client.`,
      );
    default:
      return answer;
  }
}

/** Does the same for the page that a person sees if the redirect URI is not registered. */
export function pageAsAuth0(out: ErrorOut): { readonly status?: number; readonly out: ErrorOut } {
  if (out.error !== 'invalid_redirect_uri') return { out };
  const error_description =
    'Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.';
  return { status: 403, out: { ...out, error: 'unauthorized_client', error_description } };
}

function grantProblem(form: Refused['form'], detail: string | undefined): string {
  if (form['grant_type'] === 'refresh_token') return 'Unknown or invalid refresh token.';
  return detail?.includes('PKCE') ? 'Failed to verify code verifier' : 'Invalid authorization code';
}

function parse(body: string): { readonly error?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
