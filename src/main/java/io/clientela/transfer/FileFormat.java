package io.clientela.transfer;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A format of files. */
public enum FileFormat {
    CSV("text/csv", "text/csv;charset=UTF-8;header=present"),
    NDJSON("application/x-ndjson", "application/x-ndjson");

    public static final String CSV_TYPE = "text/csv";
    public static final String NDJSON_TYPE = "application/x-ndjson";

    private final MediaType mediaType;
    private final String contentType;

    FileFormat(String mediaType, String contentType) {
        this.mediaType = MediaType.valueOf(mediaType);
        this.contentType = contentType;
    }

    /** Returns the format that a client prefers, if it accepts one. */
    static Optional<FileFormat> accepted(List<MediaType> byPreference) {
        return byPreference.stream()
                .filter(type -> !type.getParameters().getOrDefault("q", "1").matches("0(\\.0*)?"))
                .flatMap(type -> List.of(values()).stream().filter(format -> format.mediaType.isCompatible(type)))
                .findFirst();
    }

    /**
     * Returns the format of a body of this type.
     *
     * @throws NotSupportedException if it is none
     */
    public static FileFormat of(MediaType body) {
        return Stream.of(values())
                .filter(format -> format.mediaType.isCompatible(body))
                .findFirst()
                .orElseThrow(NotSupportedException::new);
    }

    /** Returns the value of {@code Content-Type}. */
    public String contentType() {
        return contentType;
    }

    /** Returns the value of {@code format}, which is the extension of the file's name, too. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
