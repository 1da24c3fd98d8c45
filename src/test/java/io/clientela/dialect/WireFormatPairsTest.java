package io.clientela.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.clientela.support.ApiTest;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What one API writes, another reads; what it cannot carry, it leaves as it is. Customers are generated. */
@QuarkusTest
class WireFormatPairsTest extends ApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CUSTOMERS_EACH = 3;

    private final TestTenant tenant = TestTenant.fresh();

    static Stream<Arguments> pairs() {
        return Stream.of(WireFormat.values())
                .flatMap(writer -> Stream.of(WireFormat.values()).map(reader -> Arguments.of(writer, reader)));
    }

    /** The seed is the number of the test, so that a failure can be repeated. */
    private static Map<String, JsonNode> customer(int seed) {
        var random = new Random(seed);
        var first = pick(random, "João", "Ana Lúcia", "O'Neil", "李", "𝒜da");
        var last = pick(random, "d'Ávila", "Müller-Lüdenscheidt", "Souza e Silva", "\"Quoted\"");
        Map<String, Object> fields = new TreeMap<>();
        fields.put("name", first + " " + last);
        fields.put("first_name", first);
        fields.put("last_name", last);
        fields.put("company_name", pick(random, "ACME & Co", "Žluťoučký s.r.o.", "<b>Bold</b>"));
        fields.put("email", "User+" + random.nextInt(1_000_000) + "@Example.com");
        fields.put("phone", pick(random, "(16) 98187-5668", "+1 (800) 123-4567", "+5511977776655"));
        fields.put("document", pick(random, "123.456.789-00", "529.982.247-25", "AB-12345"));
        fields.put("notes", pick(random, "line 1\nline 2", "tab\there", " spaces ", "ü".repeat(300)));
        fields.put("address", pick(random, "Rua A, 1 – São Paulo", "1 Main St"));
        fields.put("avatar", "https://example.com/" + random.nextInt(100) + ".png");
        fields.put("tags", pick(random, List.of("a", "b c"), List.of("vip")));
        fields.put("source", pick(random, "web", "loja física"));
        fields.put("status", pick(random, "active", "inactive", "blocked"));
        fields.put("value", pick(random, new BigDecimal("12.5"), new BigDecimal("0.01"), new BigDecimal("99999")));
        fields.put("auto_payment", random.nextBoolean());
        Map<String, JsonNode> json = new TreeMap<>();
        fields.forEach((name, value) -> json.put(name, MAPPER.valueToTree(value)));
        return json;
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Numbers are compared by value: one API has 12.50 where another has 12.5. */
    private static Map<String, Object> comparable(Map<String, JsonNode> fields) {
        Map<String, Object> comparable = new TreeMap<>();
        fields.forEach((name, value) ->
                comparable.put(name, value.isNumber() ? value.decimalValue().stripTrailingZeros() : (Object) value));
        return comparable;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatOneWritesAnotherReads(WireFormat writer, WireFormat reader) {
        for (int i = 0; i < CUSTOMERS_EACH; i++) {
            var customer = customer(writer.ordinal() * 100 + reader.ordinal() * 10 + i);
            var written = writer.created(customer);

            var id = writer.create(tenant, customer);

            var read = reader.read(tenant, id);
            read.keySet().retainAll(written.keySet());
            written.keySet().retainAll(read.keySet());
            assertThat(written).isNotEmpty();
            assertThat(comparable(read)).isEqualTo(comparable(written));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatOneCannotCarryItLeavesAsItIs(WireFormat first, WireFormat second) {
        int seed = first.ordinal() * 100 + second.ordinal() * 10;
        var id = WireFormat.OWN.create(tenant, customer(seed));
        Map<String, JsonNode> expected = WireFormat.OWN.read(tenant, id);

        for (WireFormat writer : List.of(first, second)) {
            var change = customer(seed + 1 + writer.ordinal());
            writer.update(tenant, id, change);
            change.keySet().retainAll(writer.fields());
            expected.putAll(change);
            if (!writer.fields().contains("first_name")) {
                expected.remove("first_name");
                expected.remove("last_name");
            }
        }

        var actual = WireFormat.OWN.read(tenant, id);
        actual.keySet().retainAll(expected.keySet());
        assertThat(comparable(actual)).isEqualTo(comparable(expected));
    }

    /** The pointers of fields in APIs that create nobody, by their names in {@code /v1}. */
    private static final Map<String, String> OF_DOOKI = Map.of(
            "name", "/data/name",
            "first_name", "/data/first_name",
            "last_name", "/data/last_name",
            "company_name", "/data/razao_social",
            "email", "/data/email",
            "notes", "/data/notes");

    private static final Map<String, String> OF_STOREFRONT = Map.of(
            "first_name", "/first_name",
            "last_name", "/last_name",
            "email", "/email",
            "phone", "/phone",
            "notes", "/admin_notes");

    private void assertShown(String path, Map<String, String> pointers, Map<String, JsonNode> written)
            throws IOException {
        var answer = MAPPER.readTree(
                tenant.call().get(path).then().statusCode(200).extract().asString());
        assertThat(written).containsKey("email");
        written.forEach((name, value) -> {
            if (pointers.containsKey(name)) {
                assertThat(answer.at(pointers.get(name))).as(name).isEqualTo(value);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(WireFormat.class)
    void apisThatCreateNobodyReadWhatOneWrites(WireFormat writer) throws IOException {
        var customer = customer(1000 + writer.ordinal());
        var id = writer.create(tenant, customer);
        long number = tenant.get(id).jsonPath().getLong("number");

        assertShown("/v2/" + tenant.name() + "/customers/" + number, OF_DOOKI, writer.created(customer));
        assertShown("/api/customers/" + number, OF_STOREFRONT, writer.created(customer));
    }

    @Test
    void storefrontLeavesAsItIsWhatItCannotCarry() {
        var customer = customer(2000);
        customer.put("status", TextNode.valueOf("active"));
        var id = WireFormat.OWN.create(tenant, customer);
        var expected = WireFormat.OWN.read(tenant, id);
        Map<String, String> changes = Map.of("first_name", "Zoë", "phone", "(16) 98187-5668", "status", "inactive");
        changes.forEach((name, value) -> expected.put(name, TextNode.valueOf(value)));
        expected.put("name", TextNode.valueOf("Zoë " + customer.get("last_name").textValue()));

        tenant.json("{\"first_name\":\"Zoë\",\"phone\":\"(16) 98187-5668\",\"is_active\":false}")
                .put("/api/customers/" + tenant.get(id).jsonPath().getLong("number"))
                .then()
                .statusCode(200);

        assertThat(comparable(WireFormat.OWN.read(tenant, id))).isEqualTo(comparable(expected));
    }
}
