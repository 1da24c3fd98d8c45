package io.clientela.event;

import io.clientela.history.EventTypes;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a reader of the feed asks for.
 *
 * @param start where it begins, if it says so
 * @param types the only types that it wants; empty for all
 * @param limit how many events it wants at most
 */
record EventQuery(Optional<Start> start, Set<String> types, int limit) {
    private static final int MAX_TYPES_LENGTH = 2_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /**
     * Where a reader begins.
     *
     * @param after the last event that it has read; empty for the end of the feed
     */
    record Start(Optional<UUID> after) {
        /** The position before all events, for readers that begin at a time when there are none. */
        static final UUID BEFORE_ALL = new UUID(0, 0);

        static final Start OLDEST = new Start(Optional.of(BEFORE_ALL));
        static final Start LATEST = new Start(Optional.empty());

        static Start after(UUID id) {
            return new Start(Optional.of(id));
        }
    }

    /** Reads the parameters; the caller throws if some are invalid. */
    static EventQuery read(QueryParameters params) {
        return new EventQuery(start(params), types(params), params.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    }

    private static Optional<Start> start(QueryParameters params) {
        var after = params.text("after");
        var start = after.flatMap(EventQuery::start);
        if (after.isPresent() && start.isEmpty()) {
            params.reject("after", "invalid_format", "must be the id of an event, or latest");
        }
        return start;
    }

    private static Optional<Start> start(String after) {
        return after.equals("latest")
                ? Optional.of(Start.LATEST)
                : Ids.parse(after).map(Start::after);
    }

    private static Set<String> types(QueryParameters params) {
        if (params.text("types")
                .filter(list -> list.length() > MAX_TYPES_LENGTH)
                .isPresent()) {
            params.reject("types", "too_long", "must have at most " + MAX_TYPES_LENGTH + " characters");
            return Set.of();
        }
        return params
                .list("types", EventTypes::matching, "types of events, or of their first part with .*: customer.*")
                .orElse(List.of())
                .stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }
}
