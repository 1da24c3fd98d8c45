package io.clientela.privacy;

import io.clientela.http.StreamedBody;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Builds the response with an export, which a browser stores as a file. */
public final class DataExportFile {
    private DataExportFile() {}

    /** Returns the response for the document about a customer. */
    public static Response of(UUID customer, Multi<byte[]> document) {
        return Response.ok(new StreamedBody(document))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-" + customer + ".json\"")
                .build();
    }
}
