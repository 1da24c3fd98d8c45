package io.clientela.identity;

import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import io.clientela.identity.match.MatchModel;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;

/**
 * Which likely duplicates are asked for.
 *
 * @param minScore how likely it must be, from 0 to 1
 * @param page which part of the list
 */
record DuplicateQuery(BigDecimal minScore, PageRequest page) {
    static final String MIN_SCORE = "min_score";

    /** The one order that these lists have. */
    static final String BEST_FIRST = "score desc";

    private static final BigDecimal RECOMMENDED = BigDecimal.valueOf(MatchModel.RECOMMENDED_THRESHOLD);

    /** Reads the query parameters; 400 with all that are wrong. */
    static DuplicateQuery read(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var minScore = params.number(MIN_SCORE, RECOMMENDED, BigDecimal.ZERO, BigDecimal.ONE);
        var page = PageRequest.read(params);
        page.cursor().ifPresent(cursor -> {
            var parts = cursor.key().split(" ", -1);
            boolean ours = cursor.sort().equals(BEST_FIRST)
                    && parts.length == 2
                    && parts[0].matches("[01]\\.[0-9]{6}")
                    && Ids.parse(parts[1]).isPresent();
            if (!ours) {
                params.reject("cursor", "invalid_cursor", "belongs to another list");
            }
        });
        params.throwIfInvalid();
        return new DuplicateQuery(minScore, page);
    }
}
