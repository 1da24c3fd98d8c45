package io.clientela.database;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.vertx.sqlclient.data.Numeric;
import jakarta.persistence.Column;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that keep a record: one for each component, or for each component of a component that is a record itself.
 * They are named like the component in snake case, or as {@link Column} says. A component of a type of our own has a
 * constructor for the text of its column.
 */
public final class Columns<R extends Record> {
    private final Constructor<R> constructor;
    private final List<Field> fields;

    private Columns(Class<R> type) {
        var components = type.getRecordComponents();
        this.fields = Stream.of(components).map(Field::of).toList();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
        constructor.setAccessible(true);
    }

    /** Derives the columns of a record type. In a native image the type must be registered for reflection. */
    public static <R extends Record> Columns<R> of(Class<R> type) {
        return new Columns<>(type);
    }

    /** Returns the components, in their order. */
    public List<Field> fields() {
        return fields;
    }

    /** Returns the names of the columns, in their order. */
    public List<String> names() {
        return fields.stream().flatMap(field -> field.columns().stream()).toList();
    }

    /** Returns the columns as a list of a SELECT or INSERT. */
    public String sql() {
        return String.join(", ", names());
    }

    /** Passes the name and the value of each column. */
    public void forEach(R entry, BiConsumer<String, Object> action) {
        fields.forEach(field -> field.forEach(field.of(entry), action));
    }

    /** Reads a record from its columns, which are the next ones of the row. */
    R read(RowReader row) {
        return create(field -> field.read(row));
    }

    /** Creates a record of the values of its components. */
    public R create(Function<Field, Object> value) {
        var values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(fields.get(i));
        }
        return create(constructor, values);
    }

    /**
     * A component of a record.
     *
     * @param name the name in snake case, which is that of the member in JSON
     * @param type how its column's value is read
     * @param nested the columns of a component that is a record; null for any other
     */
    public record Field(String name, Type type, Columns<?> nested, List<String> columns, Method accessor) {
        private static Field of(RecordComponent component) {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            var name = SnakeCaseStrategy.INSTANCE.translate(component.getName());
            if (component.getType().isRecord()) {
                var nested = new Columns<>(component.getType().asSubclass(Record.class));
                return new Field(name, null, nested, nested.names(), accessor);
            }
            var column = accessor.getAnnotation(Column.class);
            return new Field(
                    name,
                    new Type(component.getType()),
                    null,
                    List.of(column == null ? name : column.name()),
                    accessor);
        }

        /** Returns the component's value. */
        public Object of(Record entry) {
            try {
                return accessor.invoke(entry);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("Cannot read " + accessor, e);
            }
        }

        private void forEach(Object value, BiConsumer<String, Object> action) {
            if (nested == null) {
                action.accept(columns.get(0), value);
            } else {
                nested.fields()
                        .forEach(field -> field.forEach(value == null ? null : field.of((Record) value), action));
            }
        }

        private Object read(RowReader row) {
            if (nested == null) {
                return row.next(type);
            }
            return row.skipNulls(columns.size()) ? null : nested.read(row);
        }
    }

    /** A Java type and how to convert a value of the PostgreSQL client to it. */
    static final class Type {
        /** These are what the PostgreSQL client reads. */
        private static final Set<Class<?>> CLIENT_TYPES =
                Set.of(String.class, UUID.class, Boolean.class, Integer.class, Long.class, LocalDate.class);

        private final Function<Object, Object> conversion;
        private final Object ofNull;

        Type(Class<?> type) {
            this.conversion = conversion(type);
            this.ofNull = type.isPrimitive() ? primitiveZero(type) : null;
        }

        /** Converts a value. A null becomes 0 or false where the type has no null: the column was not selected. */
        Object convert(Object value) {
            return value == null ? ofNull : conversion.apply(value);
        }

        private static Object primitiveZero(Class<?> type) {
            if (type == boolean.class) {
                return false;
            }
            return type == int.class ? (Object) 0 : (Object) 0L;
        }

        private static Function<Object, Object> conversion(Class<?> type) {
            if (type == Instant.class) {
                return value -> ((OffsetDateTime) value).toInstant();
            }
            if (type == BigDecimal.class) {
                return value -> ((Numeric) value).bigDecimalValue();
            }
            if (type == List.class) {
                return value -> List.of((String[]) value);
            }
            if (type.isEnum()) {
                Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                        .collect(Collectors.toUnmodifiableMap(Object::toString, Function.identity()));
                return constants::get;
            }
            return CLIENT_TYPES.contains(type) || type.isPrimitive() ? value -> value : fromText(type);
        }

        private static Function<Object, Object> fromText(Class<?> type) {
            try {
                var constructor = type.getDeclaredConstructor(String.class);
                constructor.setAccessible(true);
                return text -> create(constructor, text);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + " has no constructor for the text of a column", e);
            }
        }
    }

    private static <T> T create(Constructor<T> constructor, Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("Cannot create " + constructor.getDeclaringClass(), e);
        }
    }
}
