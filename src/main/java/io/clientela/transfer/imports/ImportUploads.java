package io.clientela.transfer.imports;

import io.clientela.http.Sha256;
import io.clientela.http.StreamedRequest;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.TenantLimit;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Receives files: stores them piece by piece as fast as the database takes them. Nothing is kept of a file that did not
 * arrive completely.
 */
@ApplicationScoped
class ImportUploads implements StreamedRequest {
    static final String PATH = "/v1/imports";

    private static final Logger LOG = Logger.getLogger(ImportUploads.class);

    /** A client that sends nothing for so long has lost its connection, or holds ours. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** Each holds a piece in memory, however slowly it arrives. */
    private static final int MAX_PER_TENANT = 4;

    private final TenantLimit limit = new TenantLimit(MAX_PER_TENANT);
    private final Caller caller;
    private final ImportJobs jobs;
    private final ImportSettings settings;
    private final Idempotency idempotency;
    private final Responses responses;

    ImportUploads(
            Caller caller, ImportJobs jobs, ImportSettings settings, Idempotency idempotency, Responses responses) {
        this.caller = caller;
        this.jobs = jobs;
        this.settings = settings;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @Override
    public boolean reads(HttpServerRequest request) {
        return request.method() == HttpMethod.POST && request.path().equals(PATH);
    }

    /** A file while it is stored. */
    private final class Upload {
        private final UUID id = UUID.randomUUID();
        private final ImportRequest request;
        private final IncomingFile file;
        private boolean created;

        Upload(ImportRequest request) {
            var digest = Sha256.begin();
            digest.update(
                    (request.type().name() + request.options() + request.mapping()).getBytes(StandardCharsets.UTF_8));
            this.request = request;
            this.file = new IncomingFile(request, settings.maxSize().asLongValue(), digest);
        }

        Uni<Void> store(Piece piece) {
            return create().chain(() -> jobs.add(id, piece, file.size()));
        }

        private Uni<Void> create() {
            return created
                    ? Uni.createFrom().voidItem()
                    : jobs.create(id, request, file).invoke(() -> created = true);
        }

        Uni<StoredResponse> complete(String key) {
            var digest = file.digest();
            boolean unrepeated = request.options().mode() == ImportMode.CREATE
                    && !request.options().dryRun()
                    && !request.repeated();
            return create().chain(() ->
                    idempotency.once(key, "createImport", digest, () -> jobs.queue(id, digest, file.size(), unrepeated)
                            .map(job -> responses.accepted(PATH + "/" + id, job))));
        }

        Uni<Void> fail(Throwable failure) {
            if (!created) {
                return Uni.createFrom().voidItem();
            }
            var problem = failure instanceof ProblemException known ? known : incomplete();
            return jobs.fail(id, problem)
                    .onFailure()
                    .invoke(again -> LOG.warnf("Import %s stays until it is abandoned: %s", id, again))
                    .onFailure()
                    .recoverWithNull();
        }
    }

    /**
     * Stores a file and queues its import.
     *
     * @param key the {@code Idempotency-Key} header, or null
     * @throws ProblemException 422 if the file cannot be read, 413, 408, 429, 409 if it was sent before
     */
    Uni<StoredResponse> receive(ImportRequest request, String key, RoutingContext exchange) {
        var tenant = caller.tenant();
        limit.acquire(tenant);
        var upload = new Upload(request);
        var received = bytes(exchange.request())
                .onItem()
                .transformToIterable(bytes -> upload.file.add(bytes.getBytes()))
                .onCompletion()
                .continueWith(upload.file::end)
                .onItem()
                .transformToUniAndConcatenate(piece -> upload.store(piece).replaceWith(piece))
                .collect()
                .last()
                .chain(last -> upload.complete(key));
        return Uni.combine()
                .any()
                .of(received, hungUp(exchange))
                .call(response -> response.replayed()
                        ? upload.fail(replayed())
                        : Uni.createFrom().voidItem())
                .onFailure()
                .call(upload::fail)
                .onTermination()
                .invoke(() -> limit.release(tenant));
    }

    /** Fails when the client hangs up: the body does not tell. */
    private static Uni<StoredResponse> hungUp(RoutingContext exchange) {
        return Uni.createFrom().emitter(emitter -> exchange.addEndHandler(end -> emitter.fail(incomplete())));
    }

    private static Multi<Buffer> bytes(HttpServerRequest body) {
        if (body.isEnded()) {
            return Multi.createFrom().empty();
        }
        if (body.headers().contains(HttpHeaders.EXPECT)) {
            body.response().writeContinue();
        }
        return MultiHelper.toMulti(body)
                .ifNoItem()
                .after(SILENCE)
                .failWith(() -> Failures.forStatus(ProblemCode.BODY_TOO_SLOW.status()));
    }

    private static ProblemException incomplete() {
        return new ProblemException(
                ProblemCode.BAD_REQUEST,
                "The file did not arrive completely. Nothing of it was imported. Send it again.");
    }

    private static ProblemException replayed() {
        return new ProblemException(
                ProblemCode.REPEATED_IMPORT, "The file was sent again with the Idempotency-Key of an earlier import.");
    }
}
