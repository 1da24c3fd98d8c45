package io.clientela.activity;

import java.io.Serializable;
import java.util.UUID;

/** The primary key of items and clusters. It includes the tenant, so that an id alone finds no row. */
record ItemKey(String tenantId, UUID id) implements Serializable {}
