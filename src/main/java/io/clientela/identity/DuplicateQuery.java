package io.clientela.identity;

import io.clientela.http.Cursor;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.match.MatchModel;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.util.function.Predicate;

/**
 * The query parameters of the lists of likely duplicates.
 *
 * @param minScore the lowest score to list, from 0 to 1
 * @param page the requested page
 */
record DuplicateQuery(BigDecimal minScore, PageRequest page) {
    static final String MIN_SCORE = "min_score";

    /** The only sort order of the lists of pairs. */
    static final String BEST_FIRST = "score desc";

    /** The only sort order of groups. */
    static final String BEST_GROUP_FIRST = "group score desc";

    private static final String SCORE = "[01]\\.[0-9]{6}";

    static final BigDecimal RECOMMENDED = BigDecimal.valueOf(MatchModel.RECOMMENDED_THRESHOLD);

    /**
     * Reads the query parameters of a list of pairs.
     *
     * @throws ProblemException 400 with every invalid parameter
     */
    static DuplicateQuery read(UriInfo uri) {
        return read(uri, cursor -> {
            var parts = cursor.key().split(" ", -1);
            return cursor.sort().equals(BEST_FIRST)
                    && parts.length == 2
                    && parts[0].matches(SCORE)
                    && Ids.parse(parts[1]).isPresent();
        });
    }

    /**
     * Reads the query parameters of the list of groups.
     *
     * @throws ProblemException 400 with every invalid parameter
     */
    static DuplicateQuery readOfGroups(UriInfo uri) {
        return read(
                uri,
                cursor -> cursor.sort().equals(BEST_GROUP_FIRST) && cursor.key().matches(SCORE));
    }

    private static DuplicateQuery read(UriInfo uri, Predicate<Cursor> isOfList) {
        var params = new QueryParameters(uri.getQueryParameters());
        var minScore = params.number(MIN_SCORE, RECOMMENDED, BigDecimal.ZERO, BigDecimal.ONE);
        var page = PageRequest.read(params);
        if (page.cursor().filter(isOfList.negate()).isPresent()) {
            params.reject("cursor", "invalid_cursor", "belongs to another list");
        }
        params.throwIfInvalid();
        return new DuplicateQuery(minScore, page);
    }
}
