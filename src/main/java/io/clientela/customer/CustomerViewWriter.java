package io.clientela.customer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.util.Map;

/**
 * Writes a customer member by member. Jackson would find out the type of each member anew, which costs more than the
 * rest of a read.
 */
final class CustomerViewWriter extends JsonSerializer<CustomerView> {
    private final boolean unwrapped;

    /** Called by Jackson. */
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
        for (var member : CustomerTable.MEMBERS) {
            if (customer.shown().has(member.name())) {
                json.writeFieldName(member.jsonName());
                JsonValues.write(json, member.value().apply(customer), member.nested());
            }
        }
        for (Map.Entry<String, Object> member : customer.included().entrySet()) {
            json.writeFieldName(member.getKey());
            provider.defaultSerializeValue(member.getValue(), json);
        }
        if (!unwrapped) {
            json.writeEndObject();
        }
    }
}
