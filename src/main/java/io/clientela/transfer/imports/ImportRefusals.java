package io.clientela.transfer.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.http.BatchSize;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.tenancy.Caller;
import io.clientela.transfer.SpreadsheetText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rows of an import that were refused, and why, in the order of the file. */
@ApplicationScoped
class ImportRefusals {
    private static final String ORDER = "import_errors";
    private static final Pattern POSITION = Pattern.compile("([0-9]{1,18}) ([0-9]{1,9})");

    private static final String ERRORS = """
            SELECT line, position, error ->> 'field' AS field, error ->> 'code' AS code, error ->> 'message' AS message
            FROM import_refusal
            CROSS JOIN LATERAL json_array_elements(errors::json) WITH ORDINALITY AS listed (error, position)
            WHERE tenant_id = ? AND import_id = ?""";

    private static final String IN_ORDER = " ORDER BY line, position";

    private static final String COUNT = """
            SELECT coalesce(sum(json_array_length(errors::json)), 0) FROM import_refusal
            WHERE tenant_id = ? AND import_id = ?""";

    private static final String ROWS =
            "SELECT data FROM import_refusal WHERE tenant_id = ? AND import_id = ? ORDER BY line";

    private static final String HEADER = "SELECT header FROM import_job WHERE tenant_id = ? AND id = ?";

    private static final String CSV_HEADER = "line,field,code,message\r\n";

    /** Of the longest rows, of 1 MiB, this many can be in memory. */
    private static final int MAX_BATCH = 64;

    private final Database database;
    private final Caller caller;

    ImportRefusals(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    /** Rejects a cursor that was made for another list. */
    static void checkCursor(QueryParameters params, PageRequest request) {
        request.requireCursor(
                params,
                cursor -> cursor.sort().equals(ORDER)
                        && POSITION.matcher(cursor.key()).matches());
    }

    /** Lists the errors of an import. */
    Uni<Page<ImportErrorView>> errors(UUID id, PageRequest request) {
        var select = new Select(false).add(ERRORS, caller.tenant(), id);
        request.cursor().ifPresent(cursor -> {
            var position = POSITION.matcher(cursor.key());
            position.matches();
            select.add(
                    " AND (line, position) > (?, ?)",
                    Long.parseLong(position.group(1)),
                    Long.parseLong(position.group(2)));
        });
        select.add(IN_ORDER + " LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().toList())
                .chain(found -> request.total(found.size(), () -> count(id))
                        .map(total -> Page.of(request, found, total, row -> cursorAfter(row, id))
                                .map(ImportRefusals::error)));
    }

    private Uni<Long> count(UUID id) {
        return database.query(new Select(false).add(COUNT, caller.tenant(), id))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Cursor cursorAfter(Row row, UUID id) {
        return new Cursor(ORDER, row.getLong("line") + " " + row.getLong("position"), id.toString());
    }

    private static ImportErrorView error(Row row) {
        return new ImportErrorView(
                row.getLong("line"), row.getString("field"), row.getString("code"), row.getString("message"));
    }

    /** Returns all errors of an import as CSV. */
    Multi<byte[]> errorsAsCsv(UUID id) {
        var errors = new Select(false).add(ERRORS + IN_ORDER, caller.tenant(), id);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(CSV_HEADER.getBytes(StandardCharsets.UTF_8)),
                        stream(errors, ImportRefusals::csv));
    }

    private static byte[] csv(RowSet<Row> errors) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            errors.forEach(error -> csv.writeRecord(
                    error.getLong("line").toString(),
                    error.getString("field"),
                    error.getString("code"),
                    SpreadsheetText.protect(error.getString("message"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the refused rows as they were sent, under the header of their file. */
    Multi<byte[]> rows(UUID id) {
        var header = database.query(new Select(false).add(HEADER, caller.tenant(), id))
                .map(rows -> rows.iterator().next().getBuffer(0))
                .onItem()
                .transformToMulti(bytes -> bytes == null
                        ? Multi.createFrom().<byte[]>empty()
                        : Multi.createFrom().item(ended(bytes.getBytes())));
        var rows = new Select(false).add(ROWS, caller.tenant(), id);
        return Multi.createBy().concatenating().streams(header, stream(rows, ImportRefusals::bytes));
    }

    private static byte[] bytes(RowSet<Row> rows) {
        var bytes = new ByteArrayOutputStream();
        rows.forEach(row -> bytes.writeBytes(ended(row.getBuffer(0).getBytes())));
        return bytes.toByteArray();
    }

    /** The last row of a file may have no line end. */
    private static byte[] ended(byte[] row) {
        if (row[row.length - 1] == '\n' || row[row.length - 1] == '\r') {
            return row;
        }
        var ended = Arrays.copyOf(row, row.length + 1);
        ended[row.length] = '\n';
        return ended;
    }

    private Multi<byte[]> stream(Select select, Function<RowSet<Row>, byte[]> writer) {
        var size = new BatchSize(MAX_BATCH);
        return database.snapshot(caller.tenant(), snapshot -> snapshot.batches(select, size::rows))
                .map(rows -> {
                    var piece = writer.apply(rows);
                    size.adapt(rows.size(), piece.length);
                    return piece;
                })
                .filter(piece -> piece.length > 0);
    }
}
