package io.clientela.transfer.imports;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that a file of one type may have. They follow from the record that a row becomes: a component that is a
 * record itself has a column for each of its members, such as {@code preferences.newsletter}.
 */
final class InputColumns {
    private static final String ATTRIBUTES = "attributes";
    private static final String ATTRIBUTE = ATTRIBUTES + ".";

    private final Map<String, InputColumn> byKey = new LinkedHashMap<>();
    private final Set<String> ignored;
    private final Set<String> ignoredKeys;

    private InputColumns(List<InputColumn> columns, Collection<String> ignored) {
        columns.forEach(column -> byKey.put(key(column.name()), column));
        this.ignored = Set.copyOf(ignored);
        this.ignoredKeys = ignored.stream().map(InputColumns::key).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Derives the columns of a record. In a native image its type must be registered for reflection.
     *
     * @param more columns beside those of the record
     * @param ignored the names of columns that an export has and an import leaves out, since nobody may set them
     */
    static InputColumns of(Class<? extends Record> type, List<InputColumn> more, Collection<String> ignored) {
        List<InputColumn> columns = new ArrayList<>(columns(type));
        columns.addAll(more);
        return new InputColumns(columns, ignored);
    }

    /** Returns the columns of a record. */
    static List<InputColumn> columns(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .flatMap(InputColumns::columns)
                .toList();
    }

    private static Stream<InputColumn> columns(RecordComponent component) {
        var name = wireName(component);
        if (component.getType().isRecord()) {
            return Stream.of(component.getType().getRecordComponents())
                    .map(part -> new InputColumn(
                            name + "." + wireName(part), List.of(name, wireName(part)), CellKind.of(part.getType())));
        }
        return Stream.of(new InputColumn(name, List.of(name), CellKind.of(component.getType())));
    }

    private static String wireName(RecordComponent component) {
        return SnakeCaseStrategy.INSTANCE.translate(component.getName());
    }

    /**
     * Returns the column with this name. Upper and lower case, spaces, underscores and hyphens make no difference, but
     * for the key of an attribute.
     */
    Optional<InputColumn> find(String name) {
        var text = name.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith(ATTRIBUTE)
                && text.length() > ATTRIBUTE.length()
                && byKey.containsKey(ATTRIBUTES)) {
            var attribute = text.substring(ATTRIBUTE.length());
            return Optional.of(
                    new InputColumn(ATTRIBUTE + attribute, List.of(ATTRIBUTES, attribute), CellKind.ATTRIBUTE));
        }
        return Optional.ofNullable(byKey.get(key(text)));
    }

    /** Returns whether an import leaves a column with this name out. */
    boolean isIgnored(String name) {
        return ignoredKeys.contains(key(name.strip()));
    }

    /** Returns the names of the columns that an import leaves out. */
    Set<String> ignored() {
        return ignored;
    }

    /** Returns the names of all columns. */
    List<String> names() {
        return byKey.values().stream().map(InputColumn::name).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }
}
