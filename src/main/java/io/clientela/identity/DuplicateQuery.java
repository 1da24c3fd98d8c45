package io.clientela.identity;

import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.match.MatchModel;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;

/**
 * The query parameters of the lists of likely duplicates.
 *
 * @param minScore the lowest score to list, from 0 to 1
 * @param page the requested page
 */
record DuplicateQuery(BigDecimal minScore, PageRequest page) {
    static final String MIN_SCORE = "min_score";

    /** The only sort order of these lists. */
    static final String BEST_FIRST = "score desc";

    private static final BigDecimal RECOMMENDED = BigDecimal.valueOf(MatchModel.RECOMMENDED_THRESHOLD);

    /**
     * Reads the query parameters.
     *
     * @throws ProblemException 400 with every invalid parameter
     */
    static DuplicateQuery read(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var minScore = params.number(MIN_SCORE, RECOMMENDED, BigDecimal.ZERO, BigDecimal.ONE);
        var page = PageRequest.read(params);
        page.cursor().ifPresent(cursor -> {
            var parts = cursor.key().split(" ", -1);
            boolean valid = cursor.sort().equals(BEST_FIRST)
                    && parts.length == 2
                    && parts[0].matches("[01]\\.[0-9]{6}")
                    && Ids.parse(parts[1]).isPresent();
            if (!valid) {
                params.reject("cursor", "invalid_cursor", "belongs to another list");
            }
        });
        params.throwIfInvalid();
        return new DuplicateQuery(minScore, page);
    }
}
