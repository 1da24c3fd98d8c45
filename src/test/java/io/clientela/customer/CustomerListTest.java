package io.clientela.customer;

import static io.clientela.support.TestTenant.CUSTOMERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.clientela.support.ApiTest;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search, filters, sorting and paging of the list of customers. */
@QuarkusTest
class CustomerListTest extends ApiTest {
    private final TestTenant tenant = TestTenant.fresh();

    private List<String> names(String... parameters) {
        var call = tenant.call();
        for (int i = 0; i < parameters.length; i += 2) {
            call.queryParam(parameters[i], parameters[i + 1]);
        }
        return call.get(CUSTOMERS).then().statusCode(200).extract().jsonPath().getList("data.name");
    }

    @Test
    void searchIgnoresCaseAndAccents() {
        tenant.createNamed("José Gonçalves");
        tenant.createNamed("JOSE da Silva");
        tenant.createNamed("Maria");
        tenant.create("""
                {"type":"company","company_name":"Padaria Pão Quente","email":"contato@PaoQuente.example"}""");

        for (String spelling : new String[] {"José", "JOSE", "jose", "josé"}) {
            assertThat(names("search", spelling)).as(spelling).containsExactly("JOSE da Silva", "José Gonçalves");
        }
        assertThat(names("search", "goncalves")).containsExactly("José Gonçalves");
        assertThat(names("q", "PÃO")).containsExactly("Padaria Pão Quente");
        assertThat(names("search", "paoquente.ex")).containsExactly("Padaria Pão Quente");
        assertThat(names("search", "se go")).as("inside the name").containsExactly("José Gonçalves");
        assertThat(names("search", "nobody")).isEmpty();
        assertThat(names("search", "")).hasSize(4);
    }

    @Test
    void searchFindsPhoneAndDocumentDigits() {
        tenant.create("{\"name\":\"A\",\"phone\":\"+55 (11) 98888-7777\",\"document\":\"529.982.247-25\"}");
        tenant.create("{\"name\":\"B\",\"phone\":\"(11) 7777-6666\"}");

        for (String digits :
                new String[] {"98888", "8888-7777", "(11) 98888", "5511988887777", "529.982", "52998224725"}) {
            assertThat(names("search", digits)).as(digits).containsExactly("A");
        }
        assertThat(names("search", "97777-6666")).as("with the ninth digit").containsExactly("B");
        assertThat(names("search", "7777-6666")).as("without the ninth digit").containsExactly("B");
    }

    @Test
    void searchMatchesPatternCharactersLiterally() {
        tenant.createNamed("100% Pão");
        tenant.createNamed("a_b\\\\c");

        assertThat(names("search", "%")).containsExactly("100% Pão");
        assertThat(names("search", "_")).containsExactly("a_b\\c");
        assertThat(names("search", "\\")).containsExactly("a_b\\c");
    }

    @Test
    void filtersSelectMatchingCustomers() {
        tenant.create("""
                {"name":"A","status":"blocked","type":"company","tags":["vip","x"],"source":"web",
                 "location_id":"l1","external_id":"e1","email":"A@example.com","phone":"11988887777",
                 "document":"529.982.247-25"}""");
        tenant.createNamed("B");
        var filters = Map.of(
                "status", "blocked",
                "type", "company",
                "tag", "vip",
                "source", "web",
                "location_id", "l1",
                "external_id", "e1",
                "email", " a@EXAMPLE.com",
                "phone", "+55 11 8888-7777",
                "document", "529982247/25");
        filters.forEach(
                (filter, value) -> assertThat(names(filter, value)).as(filter).containsExactly("A"));

        assertThat(names("tag", "vi")).isEmpty();
        assertThat(names("email", Character.toString(Character.MAX_CODE_POINT)))
                .as("sort key without e-mail")
                .isEmpty();
        assertThat(names("status", "active", "type", "individual")).containsExactly("B");
        assertThat(names("status", "active", "type", "company")).isEmpty();
        assertThat(names("segment", "vip")).isEmpty();
        assertThat(names("cluster_id", "01a206b1-07c5-75e2-9203-3557b63c9ad8")).isEmpty();
    }

    @Test
    void timestampsAndDatesLimitTheList() {
        tenant.createNamed("Old");
        tenant.createNamed("New");
        TestDatabase.execute(
                "UPDATE customer SET created_at = '2020-02-29T10:00:00Z', updated_at = '2021-01-01T00:00:00Z' WHERE tenant_id = ? AND name = 'Old'",
                tenant.name());

        assertThat(names("created_to", "2020-02-29")).containsExactly("Old");
        assertThat(names("created_to", "2020-02-29T10:00:00Z")).as("inclusive").containsExactly("Old");
        assertThat(names("created_to", "2020-02-29T09:59:59.999999Z")).isEmpty();
        assertThat(names("created_from", "2020-02-29T07:00:00-03:00", "created_to", "2020-12-31"))
                .containsExactly("Old");
        assertThat(names("created_from", "2020-03-01")).containsExactly("New");
        assertThat(names("updated_from", "2021-01-01", "updated_to", "2021-01-01"))
                .containsExactly("Old");
    }

    @Test
    void sortByOrdersInBothDirections() {
        for (String name : List.of("Érica", "bruno", "Ana", "Çelik")) {
            tenant.create("{\"name\":\"" + name + "\",\"email\":\"" + (char) ('z' - name.length()) + "@example.com\"}");
        }
        tenant.createNamed("Zoe");

        assertThat(names()).containsExactly("Ana", "bruno", "Çelik", "Érica", "Zoe");
        assertThat(names("sort_order", "desc")).containsExactly("Zoe", "Érica", "Çelik", "bruno", "Ana");
        assertThat(names("sort_by", "created_at")).containsExactly("Érica", "bruno", "Ana", "Çelik", "Zoe");
        assertThat(names("sort_by", "email")).as("without e-mail last").endsWith("Ana", "Zoe");

        TestDatabase.execute(
                "UPDATE customer SET last_call_at = now() WHERE tenant_id = ? AND name = 'bruno'", tenant.name());
        TestDatabase.execute(
                "UPDATE customer SET total_spent = 10 WHERE tenant_id = ? AND name = 'Ana'", tenant.name());
        assertThat(names("sort_by", "last_call_at", "sort_order", "desc").get(0))
                .isEqualTo("bruno");
        assertThat(names("sort_by", "total_spent", "sort_order", "desc").get(0)).isEqualTo("Ana");

        tenant.patch(tenant.call().queryParam("search", "elik").get(CUSTOMERS).path("data[0].id"), "{\"notes\":\"x\"}");
        assertThat(names("sort_by", "updated_at", "sort_order", "desc").get(0)).isEqualTo("Çelik");
    }

    @Test
    void pagesAndLinksCoverTheList() {
        for (int i = 1; i <= 7; i++) {
            tenant.createNamed("C" + i);
        }
        var second = tenant.call()
                .queryParam("page", 2)
                .queryParam("page_size", 3)
                .queryParam("search", "c")
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("data.name", equalTo(List.of("C4", "C5", "C6")))
                .body("meta.current_page", equalTo(2))
                .body("meta.page_size", equalTo(3))
                .body("meta.total_pages", equalTo(3))
                .body("meta.total_count", equalTo(7))
                .extract();
        var links = second.header("Link");

        assertThat(links)
                .contains("page=1", "page=3")
                .contains("rel=\"first\"", "rel=\"prev\"", "rel=\"next\"", "rel=\"last\"")
                .contains("search=c");

        var next = Pattern.compile("<([^>]*)>; rel=\"next\"").matcher(links);
        assertThat(next.find()).isTrue();
        tenant.call()
                .urlEncodingEnabled(false)
                .get(next.group(1))
                .then()
                .statusCode(200)
                .body("data.name", equalTo(List.of("C7")))
                .body("meta.next_cursor", nullValue());
        tenant.call()
                .queryParam("page", 9)
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("data", equalTo(List.of()))
                .body("meta.total_count", equalTo(7));
    }

    @Test
    void countNoneOmitsTotals() {
        tenant.createNamed("A");
        tenant.createNamed("B");

        tenant.call()
                .queryParam("count", "none")
                .queryParam("page_size", 1)
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("meta.total_count", nullValue())
                .body("meta.total_pages", nullValue())
                .body("meta.next_cursor", notNullValue());
    }

    @Test
    void cursorContinuesAfterThePage() {
        for (int i = 1; i <= 5; i++) {
            tenant.createNamed("C" + i);
        }
        String cursor = tenant.call().queryParam("page_size", 2).get(CUSTOMERS).path("meta.next_cursor");

        tenant.call()
                .queryParam("page_size", 2)
                .queryParam("cursor", cursor)
                .get(CUSTOMERS)
                .then()
                .statusCode(200)
                .body("data.name", equalTo(List.of("C3", "C4")))
                .body("meta.current_page", nullValue())
                .body("meta.total_count", equalTo(5));
        tenant.call()
                .queryParam("cursor", cursor)
                .queryParam("sort_order", "desc")
                .get(CUSTOMERS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @ParameterizedTest
    @CsvSource({"%,1", "\uFF05,1", "_,1", "\uFF3F,1", "\\,1", "\uFF3C,1", "50%,1", "\uFF15\uFF10\uFF05,1", "%%,0"})
    void wildcardsInSearchAreLiteral(String search, int found) {
        tenant.createNamed("50% off_a\\\\b");
        tenant.createNamed("Jane");

        var answer = tenant.call().queryParam("search", search).get(CUSTOMERS);

        answer.then().statusCode(200).body("data", hasSize(found));
    }
}
