// Reads a delivery as JSON, {"secret", "headers", "body"}, from standard input. Verifies its signature with the official
// library of Standard Webhooks and its body with the SDK of CloudEvents, and prints the event's type. Fails for any other.
import { HTTP } from "cloudevents";
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
new Webhook(secret).verify(body, headers);
const event = HTTP.toEvent({ headers, body });
event.validate();
console.log(event.type);
