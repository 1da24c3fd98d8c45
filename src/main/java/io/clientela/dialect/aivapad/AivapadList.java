package io.clientela.dialect.aivapad;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.CustomerQuery;
import io.clientela.customer.CustomerStream;
import io.clientela.http.BatchSize;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;

/** Writes a list of customers as one JSON array, however many they are. */
@Singleton
class AivapadList {
    /** The database reads the next batch while this one is written and sent. */
    private static final int READ_AHEAD = 1;

    /** Of the longest customers, this many can be in memory. */
    private static final int MAX_BATCH = 256;

    private final CustomerStream customers;
    private final ObjectMapper mapper;

    AivapadList(CustomerStream customers, ObjectMapper mapper) {
        this.customers = customers;
        this.mapper = mapper;
    }

    /**
     * Returns the array piece by piece. What it reads begins when the first piece is requested, and so does the array:
     * what is rejected until then has a status of its own.
     *
     * @throws ProblemException as failures of the stream 429 and 503
     */
    Multi<byte[]> of(CustomerQuery query) {
        var size = new BatchSize(MAX_BATCH);
        var array = new AivapadArray(mapper);
        var rows = customers
                .read(query, size::rows)
                .emitOn(Runnable::run, READ_AHEAD)
                .map(batch -> {
                    var piece = array.customers(batch);
                    size.adapt(batch.size(), piece.length);
                    return piece;
                });
        return Multi.createBy()
                .concatenating()
                .streams(rows, Multi.createFrom().item(array::end))
                .filter(piece -> piece.length > 0);
    }
}
