package io.clientela.transfer;

import io.smallrye.mutiny.Multi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses a body piece by piece (RFC 1952). Not {@code quarkus.http.enable-compression}: it compresses for all
 * operations or adds {@code Content-Encoding: identity} to their responses.
 */
final class GzipPieces {
    private static final int BUFFER = 8 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FastGzip gzip;

    private GzipPieces() {
        try {
            gzip = new FastGzip(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the compressed pieces. The compression's memory is freed however the stream ends. */
    static Multi<byte[]> of(Multi<byte[]> pieces) {
        return Multi.createFrom().deferred(() -> {
            var compression = new GzipPieces();
            return Multi.createBy()
                    .concatenating()
                    .streams(
                            pieces.map(compression::compressed),
                            Multi.createFrom().item(compression::end))
                    .filter(piece -> piece.length > 0)
                    .onTermination()
                    .invoke(compression.gzip::free);
        });
    }

    private byte[] compressed(byte[] piece) {
        try {
            gzip.write(piece);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written();
    }

    private byte[] end() {
        try {
            gzip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written();
    }

    private byte[] written() {
        var piece = bytes.toByteArray();
        bytes.reset();
        return piece;
    }

    /** Compresses a piece within a millisecond, on the event loop. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        void free() {
            def.end();
        }
    }
}
