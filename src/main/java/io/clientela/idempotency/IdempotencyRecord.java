package io.clientela.idempotency;

import io.clientela.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** The answer that a request with an Idempotency-Key was given. */
@Entity
@Table(name = "idempotency_key")
@IdClass(IdempotencyRecord.Key.class)
class IdempotencyRecord extends TenantOwned {
    /**
     * Keys are a caller's own: another caller of the tenant may use the same word.
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
