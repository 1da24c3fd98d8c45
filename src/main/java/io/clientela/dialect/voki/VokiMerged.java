package io.clientela.dialect.voki;

import io.clientela.merge.MergeResult;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * The result of a merge as Voki shows it.
 *
 * @param mergedCount how many customers were merged into this one by the request
 */
@RegisterForReflection
record VokiMerged(UUID id, String name, String email, String phone, String document, int callCount, int mergedCount) {
    static VokiMerged of(MergeResult result) {
        var customer = result.customer();
        var fields = customer.fields();
        return new VokiMerged(
                customer.id(),
                fields.name(),
                fields.email(),
                fields.phone(),
                fields.document(),
                customer.callCount(),
                result.mergedCount());
    }
}
