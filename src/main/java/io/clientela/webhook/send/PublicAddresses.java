package io.clientela.webhook.send;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the public Internet: what the IANA special-purpose address registries (RFC 6890) do not reserve. Of
 * IPv6 only what IANA has given out as global unicast (RFC 4291, section 2.4) without the blocks that embed addresses
 * of IPv4, but for NAT64, by which networks without IPv4 reach it.
 */
final class PublicAddresses {
    private static final List<AddressBlock> RESERVED_IPV4 = blocks(
            "0.0.0.0/8", // this network (RFC 791)
            "10.0.0.0/8", // private (RFC 1918)
            "100.64.0.0/10", // carrier-grade NAT (RFC 6598), with the metadata service of Alibaba Cloud
            "127.0.0.0/8", // loopback (RFC 1122)
            "168.63.129.16/32", // the host of a virtual machine in Azure
            "169.254.0.0/16", // link-local (RFC 3927), with the metadata services of clouds
            "172.16.0.0/12", // private (RFC 1918)
            "192.0.0.0/24", // IETF protocols (RFC 6890)
            "192.0.2.0/24", // documentation (RFC 5737)
            "192.31.196.0/24", // AS112 (RFC 7535)
            "192.52.193.0/24", // AMT (RFC 7450)
            "192.88.99.0/24", // 6to4 relays (RFC 7526)
            "192.168.0.0/16", // private (RFC 1918)
            "192.175.48.0/24", // AS112 (RFC 7534)
            "198.18.0.0/15", // benchmarks (RFC 2544)
            "198.51.100.0/24", // documentation (RFC 5737)
            "203.0.113.0/24", // documentation (RFC 5737)
            "224.0.0.0/4", // multicast (RFC 5771)
            "240.0.0.0/4"); // reserved (RFC 1112), and broadcast (RFC 919)

    private static final AddressBlock GLOBAL_UNICAST = AddressBlock.of("2000::/3");

    private static final List<AddressBlock> RESERVED_IPV6 = blocks(
            "2001::/23", // IETF protocols (RFC 2928), with Teredo (RFC 4380)
            "2001:db8::/32", // documentation (RFC 3849)
            "2002::/16", // 6to4 (RFC 3056)
            "2620:4f:8000::/48", // AS112 (RFC 7534)
            "3fff::/20"); // documentation (RFC 9637)

    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96"); // RFC 6052

    private static final int IPV4_BYTES = 4;

    private PublicAddresses() {}

    /** Returns whether an address of 4 or 16 bytes belongs to the public Internet. */
    static boolean contain(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return isOutside(RESERVED_IPV4, address);
        }
        if (NAT64.contains(address)) {
            return contain(Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length));
        }
        return GLOBAL_UNICAST.contains(address) && isOutside(RESERVED_IPV6, address);
    }

    private static boolean isOutside(List<AddressBlock> blocks, byte[] address) {
        return blocks.stream().noneMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).map(AddressBlock::of).toList();
    }
}
