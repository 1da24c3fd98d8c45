package io.clientela.identity;

import io.clientela.http.WorkerThread;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.BatchReader.Batch;
import io.clientela.identity.BatchReader.Element;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Applies the upserts of one request, individually or atomically. */
@ApplicationScoped
class BatchService {
    private static final Logger LOG = Logger.getLogger(BatchService.class);

    /** The number of upserts that one transaction applies. */
    private static final int CHUNK = 200;

    private final UpsertService upserts;

    BatchService(UpsertService upserts) {
        this.upserts = upserts;
    }

    /**
     * Applies all upserts in one transaction, or none.
     *
     * @throws ProblemException 422 with every violated field of every upsert, or the problem of the first upsert that
     *     fails
     */
    Uni<BatchResult> atomically(List<Element> elements) {
        List<FieldError> errors = new ArrayList<>();
        elements.forEach(element -> element.problem()
                .ifPresent(problem ->
                        errors.addAll(atIndex(problem, element.index()).errors())));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        var items = new BatchItems();
        return upserts.upsertAll(upserts(elements), items::of, (index, problem) -> {
                    throw atIndex(problem, index);
                })
                .map(BatchResult::of);
    }

    /**
     * Applies each upsert independently, but in one transaction, which is the caller's: a database failure fails all of
     * them.
     */
    Uni<BatchResult> individually(List<Element> elements) {
        return apply(elements, new BatchItems()).map(BatchResult::of);
    }

    /**
     * Applies each upsert independently; an upsert with a problem does not affect the others. While the database works
     * on some, the next ones are read on a worker thread.
     */
    Uni<BatchResult> individually(Batch batch) {
        var items = new BatchItems();
        return Multi.createBy()
                .repeating()
                .uni(() -> WorkerThread.compute(() -> batch.next(CHUNK)))
                .whilst(chunk -> batch.hasNext())
                .onItem()
                .transformToUni(chunk -> applyOrReport(chunk, items))
                .concatenate(true)
                .collect()
                .asList()
                .map(chunks ->
                        BatchResult.of(chunks.stream().flatMap(List::stream).toList()));
    }

    private Uni<List<BatchItem>> apply(List<Element> chunk, BatchItems items) {
        var readable =
                chunk.stream().filter(element -> element.upsert().isPresent()).toList();
        return readable.isEmpty()
                ? Uni.createFrom().item(() -> inOrder(chunk, List.of()))
                : upserts.upsertAll(
                                upserts(readable),
                                (i, result) -> items.of(readable.get(i).index(), result),
                                (i, problem) -> BatchItem.of(readable.get(i).index(), problem))
                        .map(results -> inOrder(chunk, results));
    }

    /** Returns the results with the problems of the elements that could not be read, in the order of the elements. */
    private static List<BatchItem> inOrder(List<Element> chunk, List<BatchItem> results) {
        var next = results.iterator();
        return chunk.stream()
                .map(element -> element.problem()
                        .map(problem -> BatchItem.of(element.index(), problem))
                        .orElseGet(next::next))
                .toList();
    }

    private static List<Upsert> upserts(List<Element> elements) {
        return elements.stream().map(element -> element.upsert().orElseThrow()).toList();
    }

    private Uni<List<BatchItem>> applyOrReport(List<Element> chunk, BatchItems items) {
        return apply(chunk, items).onFailure().recoverWithItem(failure -> {
            LOG.warnf(failure, "Batch chunk of %d upserts failed", chunk.size());
            var problem = Failures.of(failure);
            return chunk.stream()
                    .map(element ->
                            BatchItem.of(element.index(), element.problem().orElse(problem)))
                    .toList();
        });
    }

    /** Returns the problem with its fields relative to the whole batch. */
    private static ProblemException atIndex(ProblemException problem, int index) {
        var errors = problem.errors().stream()
                .map(error -> new FieldError("/customers/" + index + error.field(), error.code(), error.message()))
                .toList();
        var atIndex = errors.isEmpty()
                ? new ProblemException(problem.code(), problem.getMessage())
                : ProblemException.invalid(errors);
        problem.members().forEach(atIndex::with);
        return atIndex.with("index", index);
    }
}
