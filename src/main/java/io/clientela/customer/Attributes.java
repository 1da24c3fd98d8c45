package io.clientela.customer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.json.MergePatch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.AttributeConverter;

/** The fields that a business adds to its customers: a JSON object, kept as the caller wrote it. */
@RegisterForReflection
public final class Attributes {
    static final Attributes EMPTY = new Attributes("{}");

    private final String text;

    /** The parsed text, once it is asked for. */
    private ObjectNode json;

    /** Creates attributes from stored text. Not public: Jackson would read a JSON string as attributes. */
    Attributes(String text) {
        this.text = text;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Attributes of(ObjectNode json) {
        if (json == null) {
            return EMPTY;
        }
        var attributes = new Attributes(json.toString());
        attributes.json = json;
        return attributes;
    }

    /** Returns the JSON as text. */
    public String text() {
        return text;
    }

    /** Returns the JSON as a tree, which must not be changed. */
    ObjectNode json() {
        if (json == null) {
            json = CustomerJson.parse(text);
        }
        return json;
    }

    /** Returns the attributes after a JSON Merge Patch (RFC 7396). */
    Attributes patched(ObjectNode patch) {
        return of(MergePatch.apply(json().deepCopy(), patch));
    }

    /** Compares the JSON values: the order of members does not matter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes attributes
                && (text.equals(attributes.text) || json().equals(attributes.json()));
    }

    @Override
    public int hashCode() {
        return json().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Reads the column for Hibernate. */
    @jakarta.persistence.Converter(autoApply = true)
    public static final class Converter implements AttributeConverter<Attributes, String> {
        @Override
        public String convertToDatabaseColumn(Attributes attributes) {
            return attributes == null ? null : attributes.text;
        }

        @Override
        public Attributes convertToEntityAttribute(String text) {
            return text == null ? null : new Attributes(text);
        }
    }
}
