package io.clientela.customer;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of a customer. It includes the tenant, so that an id alone finds no row. */
public record CustomerKey(String tenantId, UUID id) implements Serializable {}
