// Walks one person through all APIs: created in one, found in the next, merged, read everywhere, and restored.
import { deepEqual, equal, ok } from "node:assert/strict";
import { dialectClients, ownClient, type Access } from "./clients.js";

const access: Access = {
  url: process.env.URL ?? "http://localhost:8080",
  tenant: required("TENANT"),
  token: required("TOKEN"),
};
// People of an earlier run must not be found again.
const run = Date.now().toString(36);
const email = `carlos.${run}@example.com`;
const name = `Carlos ${run}`;

const own = ownClient(access);
const key = answer(
  await own.POST("/v1/api-keys", { body: { name: `walk ${run}`, scopes: ["customers:read", "customers:write"] } }),
);
const { voki, location, aivapad, dooki, storefront } = dialectClients(access, present(key.key));

// Voki creates Carlos.
const created = answer(
  await voki.POST("/api/v1/customers", {
    body: { customer: { name, email, phone: "(16) 98187-5668", document: "529.982.247-25" } },
  }),
).data;
equal(created.call_count, 0);
equal(created.notes, null);
say("Voki", `creates ${created.name}`);

// What Voki rejects has the documented type, too.
const rejected = await voki.POST("/api/v1/customers", { body: { customer: { name: "", email } } });
equal(rejected.response.status, 422);
ok(rejected.error && "name" in rejected.error.errors);
deepEqual(rejected.error.errors.name, ["is required"]);
say("Voki", "rejects a customer without a name, and says so of the field");

// Aivapad finds him in its list and by his id.
const listed = answer(await aivapad.GET("/api/external/v1/customers")).find((one) => one.id === created.id);
const found = answer(await aivapad.GET("/api/external/v1/customers/{id}", { params: { path: { id: created.id } } }));
deepEqual(listed, found);
equal(found._id, created.id);
equal(found.firstName, "Carlos");
equal(found.value, 0);
say("Aivapad", `finds ${found.name}: ${found.type}, ${found.status}`);

// The business location has him already, under the same e-mail, and adds what it knows.
const upserted = answer(
  await location.POST("/api/location/v1/customers/upsert", {
    body: { name, email, address: "Rua das Flores, 123", added_tags: ["vip"] },
  }),
);
equal(upserted.message, "Customer upserted!");
equal(upserted.body.id, created.id);
equal(upserted.body.phone, created.phone);
deepEqual(upserted.body.tags, ["vip"]);
say("Business location", `upserts the same customer, with tags ${upserted.body.tags}`);

// He comes again with another address, and is a duplicate.
const duplicate = answer(
  await location.POST("/api/location/v1/customers/upsert", {
    body: { name, email: `c.ferreira.${run}@example.com`, source: "walk-in" },
  }),
).body;
ok(duplicate.id !== created.id);
say("Business location", "upserts him under another e-mail: a duplicate");

const search = { params: { query: { search: name } } };
equal(answer(await storefront.GET("/api/customers", search)).total, 2);
const numbers = {
  target: answer(await own.GET("/v1/customers/{id}", { params: { path: { id: created.id } } })).number,
  source: answer(await own.GET("/v1/customers/{id}", { params: { path: { id: duplicate.id } } })).number,
};

// Voki merges the two.
const merged = answer(
  await voki.POST("/api/v1/customers/merge", { body: { target_id: created.id, source_ids: [duplicate.id] } }),
).data;
equal(merged.id, created.id);
equal(merged.merged_count, 1);
say("Voki", `merges ${merged.merged_count} customer into ${merged.name}`);

// The storefront has one left, and its number of the other leads to him.
equal(answer(await storefront.GET("/api/customers", search)).total, 1);
const shopper = answer(
  await storefront.GET("/api/customers/{customer_id}", { params: { path: { customer_id: numbers.source } } }),
);
equal(shopper.id, numbers.target);
equal(shopper.stats.total_spent, "0.00");
equal(shopper.segment, "lead");
say("Storefront", `knows ${shopper.first_name} ${shopper.last_name} by both numbers, a ${shopper.segment}`);

// Dooki shows him in its own parts.
const path = { alias: access.tenant, id: numbers.source };
const read = answer(
  await dooki.GET("/v2/{alias}/customers/{id}", { params: { path, query: { include: "addresses,stats,clusters" } } }),
).data;
equal(read.id, numbers.target);
equal(read.cpf, "529.982.247-25");
equal(read.phone?.formated_number, "(16) 98187-5668");
equal(read.stats?.data.total_orders, 0);
const page = answer(
  await dooki.GET("/v2/{alias}/customers", { params: { path: { alias: access.tenant }, query: { q: name } } }),
);
equal(page.meta.pagination.total, "1");
say("Dooki", `shows ${read.name}, type ${read.type}, CPF ${read.cpf}, phone ${read.phone?.formated_number}`);

// The own API undoes the merge, and all see two people again.
const merges = answer(await own.GET("/v1/customers/{id}/merges", { params: { path: { id: created.id } } }));
const merge = present(merges.data[0]);
deepEqual(merge.source_ids, [duplicate.id]);
const undone = answer(
  await own.POST("/v1/merges/{merge_id}/undo", { params: { path: { merge_id: merge.id } } }),
);
ok(undone.undone_at);
equal(answer(await storefront.GET("/api/customers", search)).total, 2);
equal(answer(await voki.GET("/api/v1/customers", search)).meta.total_count, 2);
const restored = answer(
  await dooki.GET("/v2/{alias}/customers/{id}", { params: { path: { ...path, id: numbers.source } } }),
).data;
equal(restored.email, duplicate.email);
say("Clientela", `undoes the merge: ${restored.email} is a customer of their own again`);

// Both leave, and the key with them.
deepEqual(
  answer(await aivapad.DELETE("/api/external/v1/customers/{id}", { params: { path: { id: duplicate.id } } })),
  { success: true },
);
const gone = await voki.DELETE("/api/v1/customers/{id}", { params: { path: { id: created.id } } });
equal(gone.response.status, 204);
const missing = await location.GET("/api/location/v1/customers/{id}", { params: { path: { id: created.id } } });
equal(missing.response.status, 404);
equal(missing.error?.success, false);
say("Voki, Aivapad", "delete both; the business location finds them no more");
await own.DELETE("/v1/api-keys/{id}", { params: { path: { id: key.id } } });

/** Returns what a call was answered with, or fails with the error. */
function answer<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  ok(data !== undefined, `${response.status} ${response.url}: ${JSON.stringify(error)}`);
  return data;
}

function present<T>(value: T | null | undefined): T {
  ok(value !== null && value !== undefined);
  return value;
}

function required(variable: string): string {
  const value = process.env[variable];
  ok(value, `${variable} is not set`);
  return value;
}

function say(api: string, what: string) {
  console.log(`${api.padEnd(18)} ${what}`);
}
