package io.clientela.dialect.aivapad;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.clientela.customer.CustomerRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A JSON array of customers that is written piece by piece. */
final class AivapadArray {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final SequenceWriter json;

    AivapadArray(ObjectMapper mapper) {
        try {
            json = mapper.writerFor(AivapadCustomer.class).writeValuesAsArray(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next piece; the first one begins the array. */
    byte[] customers(List<CustomerRow> customers) {
        try {
            for (CustomerRow customer : customers) {
                json.write(AivapadCustomer.of(customer.view()));
            }
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return piece();
    }

    /** Returns the last piece, which ends the array. */
    byte[] end() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return piece();
    }

    private byte[] piece() {
        var piece = bytes.toByteArray();
        bytes.reset();
        return piece;
    }
}
