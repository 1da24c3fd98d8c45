package io.clientela.transfer.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.database.Database;
import io.clientela.database.RowReader;
import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Timestamps;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.transfer.FileFormat;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the imports of the caller's tenant. A caller who is confined to a location sees those of that location only.
 */
@ApplicationScoped
class ImportReader {
    private static final String NEWEST_FIRST = "imports";

    private final Database database;
    private final Caller caller;
    private final ObjectMapper mapper;

    ImportReader(Database database, Caller caller, ObjectMapper mapper) {
        this.database = database;
        this.caller = caller;
        this.mapper = mapper;
    }

    /**
     * Returns an import.
     *
     * @throws ProblemException 404
     */
    Uni<ImportView> get(UUID id) {
        return database.query(visible().add(" AND id = ?", id)).map(rows -> rows.stream()
                .findFirst()
                .map(row -> ImportView.of(RowReader.of(row.getDelegate()), mapper))
                .orElseThrow(ProblemException::notFound));
    }

    /**
     * What a file of an import is.
     *
     * @param format the format
     * @param charset the encoding
     */
    record FileType(FileFormat format, String charset) {
        String contentType() {
            return format == FileFormat.CSV
                    ? FileFormat.CSV_TYPE + ";charset=" + charset + ";header=present"
                    : format.contentType();
        }
    }

    /**
     * Returns what the file of an import is.
     *
     * @throws ProblemException 404
     */
    Uni<FileType> file(UUID id) {
        return database.query(visible().add(" AND id = ?", id)).map(rows -> rows.stream()
                .findFirst()
                .map(row -> ImportOptions.read(row.getString("options"), mapper))
                .map(options ->
                        new FileType(options.csv() == null ? FileFormat.NDJSON : FileFormat.CSV, options.charset()))
                .orElseThrow(ProblemException::notFound));
    }

    /** Lists the imports, newest first. */
    Uni<Page<ImportView>> list(PageRequest request) {
        var select = visible();
        request.cursor()
                .ifPresent(cursor -> select.add(
                        " AND (created_at, id) < (?, ?)",
                        Timestamps.parse(cursor.key()).orElseThrow().atOffset(ZoneOffset.UTC),
                        UUID.fromString(cursor.id())));
        select.add(" ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream()
                        .map(row -> ImportView.of(RowReader.of(row.getDelegate()), mapper))
                        .toList())
                .chain(found -> request.total(found.size(), this::count)
                        .map(total -> Page.of(request, found, total, ImportReader::cursorAfter)));
    }

    private Uni<Long> count() {
        var select = new Select(false).add("SELECT count(*) FROM import_job WHERE tenant_id = ?", caller.tenant());
        return database.query(confined(select))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(
                params,
                cursor -> cursor.sort().equals(NEWEST_FIRST)
                        && Timestamps.parse(cursor.key()).isPresent());
    }

    private static Cursor cursorAfter(ImportView job) {
        return new Cursor(NEWEST_FIRST, job.createdAt().toString(), job.id().toString());
    }

    private Select visible() {
        return confined(new Select(false)
                .add("SELECT " + ImportView.COLUMNS + " FROM import_job WHERE tenant_id = ?", caller.tenant()));
    }

    private Select confined(Select select) {
        Optional<String> location = caller.confinement();
        location.ifPresent(only -> select.add(" AND location_id = ?", only));
        return select;
    }
}
