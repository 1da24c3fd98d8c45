package io.clientela.activity;

import java.io.Serializable;
import java.util.UUID;

/**
 * The primary key of what a tenant's customers have. The tenant leads it, so that an id alone reaches nothing.
 *
 * @param tenantId the tenant
 * @param id the id in the API
 */
record ItemKey(String tenantId, UUID id) implements Serializable {}
