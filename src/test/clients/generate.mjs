// Generates the types of each API from the document that a running service publishes: src/api/<name>.ts.
import { mkdir, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const service = process.env.URL ?? "http://localhost:8080";
const documents = {
  own: "/q/openapi",
  voki: "/q/openapi-voki",
  location: "/q/openapi-location",
  aivapad: "/q/openapi-aivapad",
  dooki: "/q/openapi-dooki",
  storefront: "/q/openapi-storefront",
};

await mkdir("src/api", { recursive: true });
for (const [name, path] of Object.entries(documents)) {
  await writeFile(`src/api/${name}.ts`, astToString(await openapiTS(new globalThis.URL(path, service))));
}
