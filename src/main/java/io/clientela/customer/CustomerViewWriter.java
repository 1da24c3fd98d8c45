package io.clientela.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes a customer as JSON, with the fields that were asked for. Written out, because reflection over forty fields
 * costs more than the rest of a page, most of all in a native executable.
 */
final class CustomerViewWriter extends JsonSerializer<CustomerView> {
    private final boolean unwrapped;

    /** Required by Jackson. */
    @SuppressWarnings("unused")
    CustomerViewWriter() {
        this(false);
    }

    private CustomerViewWriter(boolean unwrapped) {
        this.unwrapped = unwrapped;
    }

    @Override
    public boolean isUnwrappingSerializer() {
        return unwrapped;
    }

    @Override
    public JsonSerializer<CustomerView> unwrappingSerializer(NameTransformer unwrapper) {
        return new CustomerViewWriter(true);
    }

    @Override
    public void serialize(CustomerView customer, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (!unwrapped) {
            json.writeStartObject(customer);
        }
        new Fields(customer.shown(), json).write(customer);
        for (Map.Entry<String, Object> member : customer.included().entrySet()) {
            json.writeFieldName(member.getKey());
            provider.defaultSerializeValue(member.getValue(), json);
        }
        if (!unwrapped) {
            json.writeEndObject();
        }
    }

    /** Writes the fields of one customer, in the order of the view's components. */
    private record Fields(FieldSelection shown, JsonGenerator json) {
        void write(CustomerView customer) throws IOException {
            text("id", customer.id());
            number("number", customer.number());
            text("external_id", customer.externalId());
            text("type", customer.type());
            text("status", customer.status());
            text("role", customer.role());
            text("name", customer.name());
            text("first_name", customer.firstName());
            text("last_name", customer.lastName());
            text("company_name", customer.companyName());
            text("email", customer.email());
            flag("email_verified", customer.emailVerified());
            text("phone", customer.phone());
            text("document", customer.document());
            text("document_type", customer.documentType());
            flag("document_valid", customer.documentValid());
            text("state_registration", customer.stateRegistration());
            text("source", customer.source());
            text("avatar", customer.avatar());
            text("birthday", customer.birthday());
            text("address", customer.address());
            tags(customer);
            text("location_id", customer.locationId());
            text("cluster_id", customer.clusterId());
            decimal("value", customer.value());
            flag("auto_payment", customer.autoPayment());
            text("notes", customer.notes());
            preferences(customer.preferences());
            social(customer.social());
            utm(customer.utm());
            attributes(customer.attributes());
            text("segment", customer.segment());
            number("call_count", (long) customer.callCount());
            text("last_call_at", customer.lastCallAt());
            flag("anonymized", customer.anonymized());
            number("version", customer.version());
            text("created_at", customer.createdAt());
            text("updated_at", customer.updatedAt());
        }

        private boolean starts(String name) throws IOException {
            boolean isShown = shown.isAll() || shown.names().contains(name);
            if (isShown) {
                json.writeFieldName(name);
            }
            return isShown;
        }

        private void text(String name, Object value) throws IOException {
            if (starts(name)) {
                writeText(value);
            }
        }

        private void writeText(Object value) throws IOException {
            if (value == null) {
                json.writeNull();
            } else {
                json.writeString(value.toString());
            }
        }

        private void number(String name, Long value) throws IOException {
            if (!starts(name)) {
                return;
            }
            if (value == null) {
                json.writeNull();
            } else {
                json.writeNumber(value.longValue());
            }
        }

        private void decimal(String name, BigDecimal value) throws IOException {
            if (starts(name)) {
                json.writeNumber(value);
            }
        }

        private void flag(String name, Boolean value) throws IOException {
            if (starts(name)) {
                writeFlag(value);
            }
        }

        private void writeFlag(Boolean value) throws IOException {
            if (value == null) {
                json.writeNull();
            } else {
                json.writeBoolean(value);
            }
        }

        private void tags(CustomerView customer) throws IOException {
            if (!starts("tags")) {
                return;
            }
            json.writeStartArray();
            for (String tag : customer.tags()) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }

        private void preferences(Preferences value) throws IOException {
            if (!starts("preferences")) {
                return;
            }
            json.writeStartObject();
            json.writeFieldName("order_updates");
            writeFlag(value.orderUpdates());
            json.writeFieldName("promotions");
            writeFlag(value.promotions());
            json.writeFieldName("newsletter");
            writeFlag(value.newsletter());
            json.writeFieldName("whatsapp");
            writeFlag(value.whatsapp());
            json.writeEndObject();
        }

        private void social(Social value) throws IOException {
            if (starts("social")) {
                pair(value == null ? null : new String[] {"driver", value.driver(), "id", value.id()});
            }
        }

        private void utm(Utm value) throws IOException {
            if (starts("utm")) {
                pair(value == null ? null : new String[] {"source", value.source(), "campaign", value.campaign()});
            }
        }

        private void pair(String... namesAndValues) throws IOException {
            if (namesAndValues == null) {
                json.writeNull();
                return;
            }
            json.writeStartObject();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                json.writeFieldName(namesAndValues[i]);
                writeText(namesAndValues[i + 1]);
            }
            json.writeEndObject();
        }

        private void attributes(String value) throws IOException {
            if (starts("attributes")) {
                json.writeRawValue(value);
            }
        }
    }
}
