package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.insight.WaitingDuplicates;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Counts the pairs of likely duplicates for the analytics. */
@Singleton
class LikelyDuplicates implements WaitingDuplicates {
    private final Database database;

    LikelyDuplicates(Database database) {
        this.database = database;
    }

    @Override
    public Uni<Long> count(String tenant, Optional<String> location) {
        var pairs = new DuplicateSelect(tenant, location)
                .addPairs(new Select(true), "count(*)", DuplicateQuery.RECOMMENDED, Optional.empty());
        return database.query(tenant, pairs).map(rows -> rows.iterator().next().getLong(0));
    }
}
