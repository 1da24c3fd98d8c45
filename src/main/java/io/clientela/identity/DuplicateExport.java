package io.clientela.identity;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.database.Select;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The exported likely duplicates of a customer: of the others nothing but their ids. */
@Singleton
class DuplicateExport implements ExportPart {
    private static final String OF_CUSTOMERS = """
            SELECT CASE WHEN a = ANY(?) THEN b ELSE a END AS other, score, reasons
            FROM duplicate_pair WHERE tenant_id = ? AND (a = ANY(?) OR b = ANY(?)) ORDER BY score DESC, a, b""";

    /** Another customer who may be the same person. */
    @RegisterForReflection
    record LikelyDuplicate(UUID customerId, BigDecimal score, List<String> reasons) {}

    @Override
    public String name() {
        return "likely_duplicates";
    }

    @Override
    public String explanation() {
        return "Other customers who were found to be likely the same person: the probability from 0 to 1, and why. It is"
                + " computed from the fields of the customer, without a decision that follows from it: a person decides"
                + " about a merge.";
    }

    @Override
    public Select select(ExportSubject subject) {
        var ids = subject.idArray();
        return new Select(false).add(OF_CUSTOMERS, ids, subject.tenant(), ids, ids);
    }

    @Override
    public Optional<LikelyDuplicate> value(Row row) {
        return Optional.of(new LikelyDuplicate(
                row.getUUID("other"),
                row.getBigDecimal("score"),
                List.of(row.getDelegate().getArrayOfStrings("reasons"))));
    }
}
