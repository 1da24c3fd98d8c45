package io.clientela.consent;

import io.clientela.customer.MergeRedirects;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the consents of one person: of a customer and of all that were merged into it. */
@ApplicationScoped
class ConsentReader {
    private static final String NEWEST_FIRST = "consents";

    /**
     * Whose consents are read.
     *
     * @param exists whether the customer was not deleted
     * @param ids of the customer and all that were merged into it
     */
    private record Person(UUID id, boolean exists, UUID[] ids) {}

    /** Time in microseconds, version and preference of an entry, whose customer is the cursor's id. */
    private static final String CURSOR_KEY = "-?[0-9]{1,17} [0-9]{1,18} [a-z_]{1,32}";

    /** The time orders the changes of one customer as the version does, and is common to those of a person. */
    private static final String OF_PERSON = """
            SELECT customer_id, customer_version, preference, granted, at, actor, source, NOT EXISTS (
                SELECT FROM customer_consent later
                WHERE later.tenant_id = c.tenant_id AND later.customer_id = c.customer_id
                  AND later.preference = c.preference AND later.customer_version > c.customer_version) AS latest
            FROM customer_consent c WHERE tenant_id = ? AND customer_id = ANY(?)""";

    private static final String AFTER = " AND (at, customer_version, preference, customer_id) < (?, ?, ?, ?)";

    private static final String ORDER =
            " ORDER BY at DESC, customer_version DESC, preference DESC, customer_id DESC LIMIT ? OFFSET ?";

    private static final String COUNT =
            "SELECT count(*) FROM customer_consent WHERE tenant_id = ? AND customer_id = ANY(?)";

    private final Database database;
    private final Caller caller;
    private final MergeRedirects merges;

    ConsentReader(Database database, Caller caller, MergeRedirects merges) {
        this.database = database;
        this.caller = caller;
        this.merges = merges;
    }

    /** Returns whether a cursor is of this list. */
    static boolean isCursor(Cursor cursor) {
        return cursor.sort().equals(NEWEST_FIRST) && cursor.key().matches(CURSOR_KEY);
    }

    /**
     * Returns the consents of a person, newest first. They remain after the customer is erased or deleted.
     *
     * @throws MergedRedirectException if the customer was merged into another one
     * @throws ProblemException 404 if the caller's tenant and location have no such customer
     */
    Uni<Page<ConsentView>> of(UUID customer, PageRequest request) {
        return database.session(() -> merges.currentId(customer)
                        .invoke(current -> requireCurrent(customer, current))
                        .chain(current -> merges.mergedIds(customer)
                                .map(ids -> new Person(customer, current.isPresent(), ids.toArray(UUID[]::new)))))
                .chain(person -> page(person, request));
    }

    private void requireCurrent(UUID customer, Optional<UUID> current) {
        current.filter(id -> !id.equals(customer)).ifPresent(survivor -> {
            throw new MergedRedirectException(customer, survivor);
        });
        if (current.isEmpty() && caller.confinement().isPresent()) {
            throw ProblemException.notFound();
        }
    }

    private Uni<Page<ConsentView>> page(Person person, PageRequest request) {
        var select = new Select(false).add(OF_PERSON, caller.tenant(), person.ids());
        request.cursor().ifPresent(cursor -> addCursor(select, cursor));
        select.add(ORDER, request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().map(row -> view(person.id(), row)).toList())
                .call(found -> found.isEmpty() && !person.exists()
                        ? count(person).invoke(ConsentReader::requireAny)
                        : Uni.createFrom().voidItem())
                .chain(found -> request.total(found.size(), () -> count(person))
                        .map(total -> Page.of(request, found, total, ConsentReader::cursorAfter)));
    }

    private Uni<Long> count(Person person) {
        return database.query(new Select(false).add(COUNT, caller.tenant(), person.ids()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static void requireAny(long count) {
        if (count == 0) {
            throw ProblemException.notFound();
        }
    }

    private static void addCursor(Select select, Cursor cursor) {
        var key = List.of(cursor.key().split(" "));
        select.add(
                AFTER,
                Instant.EPOCH
                        .plus(Long.parseLong(key.get(0)), ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC),
                Long.parseLong(key.get(1)),
                key.get(2),
                UUID.fromString(cursor.id()));
    }

    private static Cursor cursorAfter(ConsentView consent) {
        return new Cursor(
                NEWEST_FIRST,
                ChronoUnit.MICROS.between(Instant.EPOCH, consent.at()) + " " + consent.version() + " "
                        + consent.preference(),
                consent.customerId().toString());
    }

    private static ConsentView view(UUID customer, Row row) {
        var owner = row.getUUID("customer_id");
        OffsetDateTime at = row.getOffsetDateTime("at");
        return new ConsentView(
                row.getString("preference"),
                row.getBoolean("granted"),
                row.getBoolean("latest") && owner.equals(customer),
                at.toInstant(),
                row.getString("actor"),
                ConsentSource.parse(row.getString("source")),
                owner,
                row.getLong("customer_version"));
    }
}
