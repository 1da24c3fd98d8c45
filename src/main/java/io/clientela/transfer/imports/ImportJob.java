package io.clientela.transfer.imports;

import java.util.Optional;
import java.util.UUID;

/**
 * An import that this instance works on.
 *
 * @param tenant the tenant
 * @param id its id
 * @param type what the rows are
 * @param options how to read the file and what to do with its rows
 * @param sender on whose behalf its rows are written
 * @param pieces how many pieces the file has
 * @param nextPiece the piece that is next
 * @param nextRow how many rows of it are done
 */
record ImportJob(
        String tenant,
        UUID id,
        String type,
        ImportOptions options,
        Sender sender,
        int pieces,
        int nextPiece,
        int nextRow) {
    /**
     * Who sent a file.
     *
     * @param actor the caller
     * @param location the business location of what it creates
     * @param confined whether it may see and change nothing of other locations
     * @param requestId the request that sent it
     */
    record Sender(Optional<String> actor, Optional<String> location, boolean confined, Optional<String> requestId) {}

    /** Returns the job at another position. */
    ImportJob at(int piece, int row) {
        return new ImportJob(tenant, id, type, options, sender, pieces, piece, row);
    }
}
