package io.clientela.transfer.imports;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.transfer.FileFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file while it arrives: its header is read first, then it is cut into pieces. */
final class IncomingFile {
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_LE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16_BE_MARK = {(byte) 0xFE, (byte) 0xFF};

    private final ImportRequest request;
    private final long maxSize;
    private final MessageDigest digest;
    private final ByteArrayOutputStream begin = new ByteArrayOutputStream();

    private ImportOptions options;
    private byte[] header;
    private RowSplitter splitter;
    private long size;

    IncomingFile(ImportRequest request, long maxSize, MessageDigest digest) {
        this.request = request;
        this.maxSize = maxSize;
        this.digest = digest;
        this.options = request.options();
    }

    /**
     * Takes the next bytes, and returns the pieces that they complete.
     *
     * @throws ProblemException 422 if the header or a row cannot be read, 413 if the file is too large
     */
    List<Piece> add(byte[] bytes) {
        size += bytes.length;
        if (size > maxSize) {
            throw new ProblemException(
                    ProblemCode.BODY_TOO_LARGE, "The file is larger than " + maxSize + " bytes. Send it in parts.");
        }
        digest.update(bytes);
        if (splitter != null) {
            return splitter.add(bytes, 0);
        }
        begin.writeBytes(bytes);
        return begin(false);
    }

    /**
     * Ends the file, and returns its last piece, if there is one.
     *
     * @throws ProblemException 422 if it is empty, or its header or a row cannot be read
     */
    List<Piece> end() {
        List<Piece> first = splitter == null ? begin(true) : List.of();
        var last = splitter.end();
        return first.isEmpty()
                ? last.stream().toList()
                : Stream.concat(first.stream(), last.stream()).toList();
    }

    /** Reads the begin of the file as soon as it is there. */
    private List<Piece> begin(boolean whole) {
        var bytes = begin.toByteArray();
        if (bytes.length < UTF_8_MARK.length && !whole) {
            return List.of();
        }
        int from = startsWith(bytes, UTF_8_MARK) ? UTF_8_MARK.length : 0;
        if (startsWith(bytes, UTF_16_LE_MARK) || startsWith(bytes, UTF_16_BE_MARK)) {
            throw ProblemException.invalid("file", "invalid_text", "is UTF-16; save the file as CSV in UTF-8");
        }
        if (whole && isBlank(bytes, from)) {
            throw ProblemException.invalid("file", "blank", "is empty; send a file with a header and rows");
        }
        if (request.format() == FileFormat.NDJSON) {
            splitter = new RowSplitter(RowEnds.ofLines(1));
            return splitter.add(bytes, from);
        }
        return header(bytes, from, whole);
    }

    private List<Piece> header(byte[] bytes, int from, boolean whole) {
        int start = from;
        long line = 1;
        while (start < bytes.length && (bytes[start] == '\n' || bytes[start] == '\r')) {
            line += bytes[start] == '\n' ? 1 : 0;
            start++;
        }
        var rest = Arrays.copyOfRange(bytes, start, bytes.length);
        int end = HeaderReader.end(rest, rest.length);
        if (end < 0 && whole) {
            end = rest.length;
        }
        if (end > RowSplitter.MAX_ROW_BYTES || (end < 0 && rest.length > RowSplitter.MAX_ROW_BYTES)) {
            throw ProblemException.invalid(
                    "columns", "invalid_length", "are more than 1 MiB; probably a quote is not closed");
        }
        if (end < 0) {
            return List.of();
        }
        header = Arrays.copyOf(rest, end);
        options = new HeaderReader(request.type().columns(), request.mapping()).read(header, options);
        begin.reset();
        var ends = RowEnds.ofCsv(options.csv().delimiter(), line);
        ends.take(header, 0, headerEnd -> {});
        splitter = new RowSplitter(ends);
        return splitter.add(rest, end);
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static boolean isBlank(byte[] bytes, int from) {
        return new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1).isBlank();
    }

    ImportOptions options() {
        return options;
    }

    /** Returns the CSV header with its line end; empty for NDJSON. */
    Optional<byte[]> header() {
        return Optional.ofNullable(header);
    }

    /** Returns the length of the file so far. */
    long size() {
        return size;
    }

    /** Returns the SHA-256 of the whole file. Call it once, at its end. */
    byte[] digest() {
        return digest.digest();
    }
}
