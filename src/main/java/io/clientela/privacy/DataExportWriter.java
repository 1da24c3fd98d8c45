package io.clientela.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.ExportPart;
import io.clientela.customer.ExportSubject;
import io.clientela.http.BatchSize;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes the JSON of a data export piece by piece. */
@Singleton
class DataExportWriter {
    private final ObjectMapper mapper;

    DataExportWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns the beginning of the document. */
    byte[] begin(ExportSubject subject) {
        return utf8("{\"generated_at\":" + json(Instant.now().truncatedTo(ChronoUnit.SECONDS)) + ",\"customer_id\":"
                + json(subject.id()) + ",\"also_known_as\":" + json(subject.mergedIds()) + ",\"parts\":{");
    }

    /** Begins a part. */
    Part part(ExportPart part, boolean first) {
        return new Part(part, first);
    }

    /** Returns the end of the document. */
    byte[] end() {
        return utf8("}}");
    }

    /** A part of one document, whose batches of rows are written in their order. */
    final class Part {
        private final ExportPart part;
        private final boolean first;
        private boolean begun;
        private boolean empty = true;
        private final BatchSize batchSize;

        private Part(ExportPart part, boolean first) {
            this.part = part;
            this.first = first;
            this.batchSize = new BatchSize(part.maxBatch());
        }

        /** Returns how many rows to read next. */
        int batchSize() {
            return batchSize.rows();
        }

        /** Returns the next batch of rows; empty if none of them is exported. */
        byte[] rows(RowSet<Row> rows) {
            var bytes = new ByteArrayOutputStream();
            begin(bytes);
            for (Row row : rows) {
                part.value(row).ifPresent(value -> write(value, bytes));
            }
            batchSize.adapt(rows.size(), bytes.size());
            return bytes.toByteArray();
        }

        /** Returns the end of the part. */
        byte[] end() {
            if (part.isList()) {
                return utf8("]}");
            }
            return utf8(empty ? "null}" : "}");
        }

        private void begin(ByteArrayOutputStream bytes) {
            if (!begun) {
                begun = true;
                bytes.writeBytes(utf8((first ? "" : ",") + json(part.name()) + ":{\"explanation\":"
                        + json(part.explanation()) + ",\"data\":" + (part.isList() ? "[" : "")));
            }
        }

        private void write(Object value, ByteArrayOutputStream bytes) {
            if (!empty) {
                bytes.write(',');
            }
            empty = false;
            try {
                bytes.writeBytes(mapper.writeValueAsBytes(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
