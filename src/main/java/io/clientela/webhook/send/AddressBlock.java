package io.clientela.webhook.send;

import io.netty.util.NetUtil;

/**
 * A block of IP addresses (RFC 4632, section 3.1; RFC 4291, section 2.3).
 *
 * @param prefix the first address of the block
 * @param length the number of leading bits that all its addresses share
 */
record AddressBlock(byte[] prefix, int length) {
    /** Reads {@code 10.0.0.0/8} or {@code fc00::/7}. */
    static AddressBlock of(String text) {
        int slash = text.indexOf('/');
        return new AddressBlock(
                NetUtil.createByteArrayFromIpAddressString(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
    }

    /** Returns whether an address is in the block; one of the other IP version is not. */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = length / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = length % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }
}
