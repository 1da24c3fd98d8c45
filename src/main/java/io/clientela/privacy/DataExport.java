package io.clientela.privacy;

import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.customer.ExportSubjects;
import io.clientela.database.Database;
import io.clientela.database.Snapshot;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.http.problem.ProblemException;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Streams everything that is held about a person as one JSON document (ADR 16). */
@Singleton
public class DataExport {
    /** The order of the parts, by name; others follow. */
    static final List<String> ORDER = List.of(
            "customer",
            "aliases",
            "addresses",
            "orders",
            "calls",
            "clusters",
            "consents",
            "history",
            "merges",
            "merged_customers",
            "likely_duplicates",
            "dismissed_duplicates",
            "login",
            "one_time_tokens",
            "failed_attempts",
            "stored_responses");

    private final Database database;
    private final ExportSubjects subjects;
    private final List<ExportPart> parts;
    private final DataExportWriter writer;

    DataExport(Database database, ExportSubjects subjects, @All List<ExportPart> parts, DataExportWriter writer) {
        this.database = database;
        this.subjects = subjects;
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(DataExport::position).thenComparing(ExportPart::name))
                .toList();
        this.writer = writer;
    }

    /**
     * Returns the document about a customer, piece by piece. What it reads begins when the first piece is requested.
     *
     * @throws MergedRedirectException if the customer was merged into another one
     * @throws ProblemException 404; as failures of the stream also 429 and 503
     */
    public Uni<Multi<byte[]>> of(UUID id) {
        return subjects.request(id)
                .map(request -> database.snapshot(request.tenant(), snapshot -> subjects.find(snapshot, request)
                        .onItem()
                        .transformToMulti(subject -> document(snapshot, subject))));
    }

    private Multi<byte[]> document(Snapshot snapshot, ExportSubject subject) {
        List<Multi<byte[]>> pieces = new ArrayList<>();
        pieces.add(Multi.createFrom().item(() -> writer.begin(subject)));
        for (int i = 0; i < parts.size(); i++) {
            pieces.add(part(snapshot, subject, parts.get(i), i == 0));
        }
        pieces.add(Multi.createFrom().item(writer::end));
        return Multi.createBy().concatenating().streams(pieces);
    }

    private Multi<byte[]> part(Snapshot snapshot, ExportSubject subject, ExportPart part, boolean first) {
        return Multi.createFrom().deferred(() -> {
            var written = writer.part(part, first);
            return Multi.createBy()
                    .concatenating()
                    .streams(
                            snapshot.batches(part.select(subject), written::batchSize)
                                    .map(written::rows)
                                    .filter(piece -> piece.length > 0),
                            Multi.createFrom().item(written::end));
        });
    }

    private static int position(ExportPart part) {
        int position = ORDER.indexOf(part.name());
        return position < 0 ? ORDER.size() : position;
    }
}
