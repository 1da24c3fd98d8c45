package io.clientela.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.support.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The records of a customer have the columns of the table. */
@QuarkusTest
class CustomerTableTest {
    /** The column segment is written by the previous release only. */
    private static final String WRITTEN_COLUMNS = """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = 'customer' AND is_generated = 'NEVER'
              AND column_name <> 'segment'""";

    @Test
    void recordsHaveTheColumnsOfTheTable() {
        assertThat(CustomerTable.ROW.split(", "))
                .containsExactlyInAnyOrderElementsOf(TestDatabase.column(WRITTEN_COLUMNS));
    }
}
