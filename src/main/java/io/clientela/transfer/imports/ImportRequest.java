package io.clientela.transfer.imports;

import io.clientela.http.QueryParameters;
import io.clientela.http.problem.Failures;
import io.clientela.http.problem.ProblemException;
import io.clientela.transfer.FileFormat;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a caller asks for who sends a file.
 *
 * @param type what the rows are
 * @param format the file's format
 * @param options how to read the file and what to do with its rows
 * @param mapping the columns of cells that have other names, by these names
 * @param repeated whether a file may be created from that was imported before
 */
record ImportRequest(
        RowType type, FileFormat format, ImportOptions options, Map<String, String> mapping, boolean repeated) {
    /** All have line ends, delimiters and quotes as single bytes (see {@link RowEnds}). */
    private static final List<String> CHARSETS = List.of("UTF-8", "ISO-8859-1", "windows-1252");

    private static final String COLUMNS = "columns";

    /**
     * Reads the query parameters and the media type of the body.
     *
     * @throws ProblemException 400 with every invalid parameter, 415 for another charset
     */
    static ImportRequest read(QueryParameters params, MediaType body, List<RowType> types) {
        var format = FileFormat.of(body);
        var type = params.oneOf("type", types, RowType::name).orElseGet(() -> types.stream()
                .filter(CustomerRowType.class::isInstance)
                .findFirst()
                .orElseThrow());
        var mode = params.oneOf("mode", ImportMode.class).orElse(ImportMode.UPSERT);
        boolean unique = params.oneOf("on_duplicate", List.of("allow", "reject"), Function.identity())
                .filter("reject"::equals)
                .isPresent();
        if (unique && mode != ImportMode.CREATE) {
            params.reject("on_duplicate", "conflict", "is for mode=create only");
        } else if (unique && !(type instanceof CustomerRowType)) {
            params.reject("on_duplicate", "conflict", "is for type=customers only");
        }
        boolean trim = params.flag("trim");
        var zone = params.text("time_zone").flatMap(name -> zone(name, params));
        var mapping = mapping(params);
        if (format != FileFormat.CSV && (trim || !mapping.isEmpty())) {
            params.reject(trim ? "trim" : COLUMNS, "conflict", "is for CSV only");
        }
        boolean dryRun = params.flag("dry_run");
        boolean repeated = params.flag("repeat");
        params.throwIfInvalid();
        var options = new ImportOptions(
                mode, dryRun, unique, trim, zone.orElse(ZoneOffset.UTC).getId(), charset(body), null, List.of());
        return new ImportRequest(type, format, options, mapping, repeated);
    }

    private static Map<String, String> mapping(QueryParameters params) {
        Map<String, String> mapping = new LinkedHashMap<>();
        params.list(COLUMNS, ImportRequest::pair, "<name in the file>:<column>")
                .orElse(List.of())
                .forEach(pair -> mapping.put(pair[0], pair[1]));
        return mapping;
    }

    private static Optional<String[]> pair(String text) {
        int colon = text.lastIndexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.of(new String[] {
                    text.substring(0, colon).strip(), text.substring(colon + 1).strip()
                });
    }

    private static Optional<ZoneId> zone(String name, QueryParameters params) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            params.reject("time_zone", "invalid_value", "must be a time zone, such as America/Sao_Paulo");
            return Optional.empty();
        }
    }

    private static String charset(MediaType body) {
        var named = body.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, StandardCharsets.UTF_8.name());
        return CHARSETS.stream()
                .filter(charset -> charset.toLowerCase(Locale.ROOT).equals(named.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Failures.forStatus(415));
    }
}
