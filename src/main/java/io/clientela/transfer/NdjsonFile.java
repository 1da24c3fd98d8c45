package io.clientela.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.clientela.customer.CustomerRow;
import io.clientela.customer.CustomerView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file with a customer's JSON in each line, and perhaps, in the last one, how many customers it has. */
final class NdjsonFile implements CustomerFile {
    private final boolean trailer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final SequenceWriter json;
    private long count;

    NdjsonFile(ObjectMapper mapper, boolean trailer) {
        this.trailer = trailer;
        try {
            this.json = mapper.writerFor(CustomerView.class)
                    .withRootValueSeparator("")
                    .writeValues(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] customers(List<CustomerRow> customers) {
        try {
            for (CustomerRow customer : customers) {
                json.write(customer.view());
                json.flush();
                bytes.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count += customers.size();
        var piece = bytes.toByteArray();
        bytes.reset();
        return piece;
    }

    @Override
    public byte[] end() {
        return trailer ? ("{\"count\":" + count + "}\n").getBytes(StandardCharsets.UTF_8) : new byte[0];
    }
}
