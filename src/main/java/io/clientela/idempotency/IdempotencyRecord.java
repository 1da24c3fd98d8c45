package io.clientela.idempotency;

import io.clientela.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** The stored response of a request with an {@code Idempotency-Key}. */
@Entity
@Table(name = "idempotency_key")
@IdClass(IdempotencyRecord.Key.class)
class IdempotencyRecord extends TenantOwned {
    /**
     * The primary key. Another caller of the tenant may use the same {@code Idempotency-Key}.
     *
     * @param tenantId the tenant
     * @param actor the token's subject, or empty
     * @param key the caller's key
     */
    record Key(String tenantId, String actor, String key) implements Serializable {}

    @Id
    String actor;

    @Id
    String key;

    byte[] fingerprint;
    int status;
    String location;
    String etag;
    String body;
    Instant createdAt;
}
