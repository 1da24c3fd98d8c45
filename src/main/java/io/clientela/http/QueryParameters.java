package io.clientela.http;

import io.clientela.http.json.Ids;
import io.clientela.http.json.Text;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads query parameters and collects their errors, so that one response lists them all. Call {@link #throwIfInvalid()}
 * after the last one was read.
 */
public final class QueryParameters {
    /** The decoder's replacement for bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Without exponents, with which a short text could be a number of any size. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private static final int MAX_YEAR = 9999;

    private final MultivaluedMap<String, String> values;
    private final List<FieldError> errors;

    public QueryParameters(MultivaluedMap<String, String> values) {
        this(values, new ArrayList<>());
    }

    private QueryParameters(MultivaluedMap<String, String> values, List<FieldError> errors) {
        this.values = values;
        this.errors = errors;
    }

    /**
     * Returns these parameters with another value of one of them. Their errors are the same.
     *
     * @param replacements the other values by those that may be sent
     */
    public QueryParameters replacing(String name, Map<String, String> replacements) {
        var replaced = new MultivaluedHashMap<>(values);
        replaced.remove(name);
        oneOf(name, replacements.keySet().stream().sorted().toList(), Function.identity())
                .ifPresent(sent -> replaced.putSingle(name, replacements.get(sent)));
        return new QueryParameters(replaced, errors);
    }

    /**
     * Ends the reading of parameters.
     *
     * @throws ProblemException 400 with all errors, if there are any
     */
    public void throwIfInvalid() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalidParameters(errors);
        }
    }

    /** Adds an error. */
    public void reject(String name, String code, String message) {
        errors.add(new FieldError(name, code, message));
    }

    /** Returns the parameter's value; it is an error to send it twice. */
    public Optional<String> text(String name) {
        var sent = values.get(name);
        if (sent == null || sent.isEmpty()) {
            return Optional.empty();
        }
        if (sent.size() > 1) {
            reject(name, "repeated", "must be given once");
            return Optional.empty();
        }
        var value = sent.get(0);
        if (!Text.isStorable(value) || value.indexOf(REPLACEMENT) >= 0) {
            reject(name, "invalid_text", "must be valid UTF-8 without NUL characters");
            return Optional.empty();
        }
        return Optional.of(Text.normalized(value));
    }

    /** Returns the parameter's value, which must not be blank. */
    public Optional<String> nonBlank(String name) {
        var value = text(name);
        if (value.isPresent() && value.get().isBlank()) {
            reject(name, "blank", "must not be blank");
            return Optional.empty();
        }
        return value;
    }

    /** Returns a whole number between two bounds, both included. */
    public int integer(String name, int fallback, int min, int max) {
        var value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Rejected below, like a number out of bounds.
        }
        reject(name, "out_of_range", "must be a whole number from " + min + " to " + max);
        return fallback;
    }

    /** Returns a decimal number between two bounds, both included. */
    public BigDecimal number(String name, BigDecimal fallback, BigDecimal min, BigDecimal max) {
        var value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        if (DECIMAL.matcher(value.get()).matches()) {
            var number = new BigDecimal(value.get());
            if (number.compareTo(min) >= 0 && number.compareTo(max) <= 0) {
                return number;
            }
        }
        reject(name, "out_of_range", "must be a number from " + min + " to " + max);
        return fallback;
    }

    /** Returns whether the parameter is {@code true}; it is false if absent. */
    public boolean flag(String name) {
        return oneOf(name, List.of("true", "false"), Function.identity())
                .map("true"::equals)
                .orElse(false);
    }

    /** Returns the allowed value whose wire name was sent. */
    public <E> Optional<E> oneOf(String name, List<E> allowed, Function<E, String> wireName) {
        var value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        for (E candidate : allowed) {
            if (wireName.apply(candidate).equals(value.get())) {
                return Optional.of(candidate);
            }
        }
        reject(
                name,
                "invalid_value",
                "must be one of "
                        + String.join(", ", allowed.stream().map(wireName).toList()));
        return Optional.empty();
    }

    /**
     * Returns the values of a comma-separated list in its order; empty if the parameter is absent or rejected.
     *
     * @param parse returns the value of a name; empty if it is unknown
     * @param allowed the names, for the error
     */
    public <E> Optional<List<E>> list(String name, Function<String, Optional<E>> parse, String allowed) {
        var list = text(name);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        Map<String, E> values = new LinkedHashMap<>();
        for (String element : list.get().split(",", -1)) {
            var value = parse.apply(element.strip());
            if (value.isEmpty()) {
                reject(name, "invalid_value", "must be a comma-separated list of " + allowed);
                return Optional.empty();
            }
            if (values.put(element.strip(), value.get()) != null) {
                reject(name, "repeated", "must not repeat a value");
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(values.values()));
    }

    /** Returns a constant of an enumeration whose {@code toString()} is its wire name. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return oneOf(name, Arrays.asList(type.getEnumConstants()), Object::toString);
    }

    public Optional<UUID> id(String name) {
        var value = text(name);
        var id = value.flatMap(Ids::parse);
        if (value.isPresent() && id.isEmpty()) {
            reject(name, "invalid_format", "must be a UUID");
        }
        return id;
    }

    /** Returns the start of a period, included: a timestamp (RFC 3339), or the start of a day in UTC. */
    public Optional<Instant> from(String name) {
        return timestamp(name, 0);
    }

    /**
     * Returns the end of a period, excluded: one microsecond after a timestamp (RFC 3339), or the end of a day in UTC.
     */
    public Optional<Instant> until(String name) {
        return timestamp(name, 1);
    }

    private Optional<Instant> timestamp(String name, int unitsLater) {
        var value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            var text = value.get();
            if (text.length() <= "YYYY-MM-DD".length()) {
                return Optional.of(LocalDate.parse(text)
                        .plusDays(unitsLater)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
            }
            // RFC 3339 has four digits for the year. PostgreSQL stores microseconds: the period ends with the next one.
            var timestamp = OffsetDateTime.parse(text);
            if (timestamp.getYear() >= 0 && timestamp.getYear() <= MAX_YEAR) {
                return Optional.of(timestamp.toInstant().plusNanos(unitsLater * 1_000L));
            }
        } catch (DateTimeException e) {
            // Rejected below, like a year out of bounds.
        }
        reject(name, "invalid_format", "must be a date (YYYY-MM-DD) or an RFC 3339 timestamp");
        return Optional.empty();
    }
}
