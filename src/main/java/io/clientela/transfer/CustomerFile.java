package io.clientela.transfer;

import io.clientela.customer.CustomerRow;
import java.util.List;

/** A file with customers that is written piece by piece, in the order of the calls. */
interface CustomerFile {
    /** Returns the next customers; the first piece begins with what the file begins with. */
    byte[] customers(List<CustomerRow> customers);

    /** Returns the end of the file, which may be empty. */
    byte[] end();
}
