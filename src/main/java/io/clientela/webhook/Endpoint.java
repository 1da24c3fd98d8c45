package io.clientela.webhook;

import java.util.UUID;

/** A webhook of a tenant, as deliveries name it. */
record Endpoint(String tenant, UUID webhook) {}
