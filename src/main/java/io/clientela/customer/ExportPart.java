package io.clientela.customer;

import io.clientela.database.Select;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;

/**
 * A part of what is held about a person, for the export of their data (GDPR, articles 15 and 20; LGPD, article 18, II
 * and V). Each feature that stores something of customers implements it. It contains nothing of other customers but
 * their ids, and no secret: neither a hash nor a token.
 */
public interface ExportPart {
    /** The maximum number of rows that are in memory at once: a row can have some 100 KiB. */
    int MAX_BATCH = 50;

    /** Returns the name of the member in the document, by which the parts are told apart. */
    String name();

    /** Returns what the part is and why it is stored, for the person. */
    String explanation();

    /** Returns the statement that reads the part. It must begin to return rows within seconds. */
    Select select(ExportSubject subject);

    /** Returns what Jackson writes of a row; empty for a row that does not concern the person. */
    Optional<?> value(Row row);

    /** Returns whether the part is a list; otherwise it has one row, or none. */
    default boolean isList() {
        return true;
    }

    /** Returns how many rows are read at once at most: more than {@link #MAX_BATCH} only if all rows are short. */
    default int maxBatch() {
        return MAX_BATCH;
    }
}
