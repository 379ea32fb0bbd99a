import type { ClientMetadata } from 'oidc-provider';
import { clients, type RegisteredClient } from '../sample-data/clients.js';
import type { IssuerName } from './issuers.js';

/** The sample clients of an issuer, in the format of `oidc-provider`. */
export function clientMetadata(issuer: IssuerName): ClientMetadata[] {
  return clients.filter((client) => client.issuer === issuer).map(metadataOf);
}

function metadataOf({ id, name, credential, signsIn, machineScope }: RegisteredClient): ClientMetadata {
  return {
    client_id: id,
    client_name: name,
    token_endpoint_auth_method: credential.method,
    ...(credential.method === 'private_key_jwt'
      ? { token_endpoint_auth_signing_alg: 'RS256', jwks: { keys: [credential.publicJwk] } }
      : { client_secret: credential.secret }),
    grant_types: [
      ...(signsIn ? ['authorization_code', 'refresh_token'] : []),
      ...(machineScope === null ? [] : ['client_credentials']),
    ],
    response_types: signsIn ? ['code'] : [],
    // One is enough for the library; RedirectUris knows all that are registered.
    redirect_uris: signsIn ? ['http://localhost:5173/chekt/callback'] : [],
  };
}
