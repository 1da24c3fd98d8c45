package io.clientela.privacy;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of an erasure.
 *
 * @param customer the customer without personal data; null for one who was deleted before
 * @param erased the parts that held something
 * @param kept what stays
 */
@RegisterForReflection
@Schema(name = "Erasure")
public record ErasureView(CustomerView customer, Collection<String> erased, List<Kept> kept) {
    /**
     * What stays after an erasure.
     *
     * @param what the data
     * @param why the reason
     */
    @RegisterForReflection
    @Schema(name = "KeptData")
    public record Kept(String what, String why) {}
}
