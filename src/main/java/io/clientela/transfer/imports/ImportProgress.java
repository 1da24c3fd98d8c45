package io.clientela.transfer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.TenantLimit;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** The progress of an import as it goes on: server-sent events (WHATWG HTML, section 9.2), until it has ended. */
@ApplicationScoped
class ImportProgress {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Each asks the database every second. */
    private static final int MAX_PER_TENANT = 10;

    private final ImportReader reader;
    private final Caller caller;
    private final ObjectMapper mapper;
    private final TenantLimit limit = new TenantLimit(MAX_PER_TENANT);

    ImportProgress(ImportReader reader, Caller caller, ObjectMapper mapper) {
        this.reader = reader;
        this.caller = caller;
        this.mapper = mapper;
    }

    /**
     * Returns the events of an import: its present state at once, and then every second.
     *
     * @throws ProblemException 404, 429 as failures of the stream
     */
    Multi<byte[]> of(UUID id) {
        return Multi.createFrom().deferred(() -> {
            var tenant = caller.tenant();
            limit.acquire(tenant);
            var ended = new AtomicBoolean();
            return Multi.createFrom()
                    .ticks()
                    .every(INTERVAL)
                    .onOverflow()
                    .drop()
                    .onItem()
                    .transformToUniAndConcatenate(tick -> reader.get(id))
                    .select()
                    .first(job -> !ended.getAndSet(job.status().isFinal()))
                    .map(this::event)
                    .onTermination()
                    .invoke(() -> limit.release(tenant));
        });
    }

    private byte[] event(ImportView job) {
        try {
            return ("event: progress\ndata: " + mapper.writeValueAsString(job) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An import cannot be written as JSON", e);
        }
    }
}
