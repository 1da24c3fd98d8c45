package io.clientela.customer;

import java.io.Serializable;
import java.util.UUID;

/**
 * The primary key of a customer. The tenant leads it, so that an id alone reaches nothing.
 *
 * @param tenantId the tenant
 * @param id the customer's id in the API
 */
public record CustomerKey(String tenantId, UUID id) implements Serializable {}
