// One typed client for each API, for the same tenant of one running service.
import createClient from "openapi-fetch";
import type { paths as Aivapad } from "./api/aivapad.js";
import type { paths as Dooki } from "./api/dooki.js";
import type { paths as Location } from "./api/location.js";
import type { paths as Own } from "./api/own.js";
import type { paths as Storefront } from "./api/storefront.js";
import type { paths as Voki } from "./api/voki.js";

export interface Access {
  url: string;
  tenant: string;
  /** A JWT or an API key with the scopes to read, write, merge and administer. */
  token: string;
}

export function ownClient({ url, tenant, token }: Access) {
  return createClient<Own>({ baseUrl: url, headers: { ...bearer(token), "X-Tenant": tenant } });
}

/** The clients of the dialects, which share an API key. Dooki has its id and its secret in headers of their own. */
export function dialectClients({ url, tenant, token }: Access, key: string) {
  const [, id = "", secret = ""] = key.split("_");
  return {
    voki: createClient<Voki>({ baseUrl: url, headers: { ...bearer(token), "X-Tenant": tenant } }),
    location: createClient<Location>({ baseUrl: url, headers: bearer(key) }),
    aivapad: createClient<Aivapad>({ baseUrl: url, headers: bearer(key) }),
    dooki: createClient<Dooki>({ baseUrl: url, headers: { "User-Token": id, "User-Secret-Key": secret } }),
    storefront: createClient<Storefront>({ baseUrl: url, headers: { ...bearer(token), "X-Tenant": tenant } }),
  };
}

function bearer(token: string) {
  return { Authorization: `Bearer ${token}` };
}
