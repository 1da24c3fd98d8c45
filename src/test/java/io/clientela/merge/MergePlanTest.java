package io.clientela.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The result of a merge, field by field. */
class MergePlanTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID TARGET = new UUID(0, 0);
    private static final String BLANK = """
            {"external_id":null,"type":"individual","status":"active","name":"T","first_name":null,"last_name":null,
             "company_name":null,"email":null,"email_verified":false,"phone":null,"document":null,"document_type":null,
             "document_valid":null,"birthday":null,"tags":[],"cluster_id":null,"value":null,"auto_payment":null,
             "notes":null,"preferences":{"promotions":null,"newsletter":null},"social":null,"attributes":{}}""";

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static ObjectNode customer(int index, String fields) {
        var customer = json(BLANK).put("id", new UUID(0, index).toString());
        customer.setAll(json("{" + fields.replace('\'', '"') + "}"));
        return customer;
    }

    private static MergePlan plan(String target, String sources, Map<String, UUID> prefer) {
        var fields = sources.split(";");
        var sourceCustomers = IntStream.rangeClosed(1, fields.length)
                .mapToObj(i -> customer(i, fields[i - 1]))
                .toList();
        return MergePlan.of(customer(0, target), sourceCustomers, prefer, (field, value) -> value.strip()
                .toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // the target's own value wins, a blank is filled from the sources in their order
                "'email':'t@x.y' | 'email':'s@x.y' | 'email':'t@x.y'",
                "'email':null | 'email':'s@x.y' | 'email':'s@x.y'",
                "'notes':' ' | 'notes':'s' | 'notes':'s'",
                "'email':null | 'email':null;'email':'b@x.y';'email':'c@x.y' | 'email':'b@x.y'",
                "'auto_payment':false | 'auto_payment':true | 'auto_payment':false",
                "'auto_payment':null | 'auto_payment':true | 'auto_payment':true",
                "'value':0 | 'value':9 | 'value':0",
                "'social':null | 'social':{'driver':'g','id':'1'} | 'social':{'driver':'g','id':'1'}",
                "'social':{'driver':null,'id':null} | 'social':{'driver':'g','id':'1'} | 'social':{'driver':'g','id':'1'}",
                "'name':'T' | 'name':'S','first_name':'S' | 'name':'T','first_name':null",
                "'name':'Ana','first_name':'Ana' | 'name':'Bruno Costa','first_name':'Bruno','last_name':'Costa' | 'name':'Ana','first_name':'Ana','last_name':null",
                "'name':'Ana' | 'name':'ACME','company_name':'ACME' | 'name':'Ana','company_name':null",
                "'type':'individual' | 'type':'company' | 'type':'individual'",
                "'external_id':null | 'external_id':'s' | 'external_id':'s'",
                // dependent fields come from the same customer
                "'document':null | 'document':'1','document_type':'other','document_valid':true | 'document':'1','document_type':'other','document_valid':true",
                "'document':'1','document_type':'cpf','document_valid':false | 'document':'2','document_type':'cnpj','document_valid':true | 'document':'1','document_type':'cpf','document_valid':false",
                "'email':null | 'email':'s@x.y','email_verified':true | 'email_verified':true",
                "'email':'t@x.y' | 'email':'s@x.y','email_verified':true | 'email_verified':false",
                "'document':'1','document_type':null | 'document':'2','document_type':'cpf' | 'document':'1','document_type':null",
                "'document':null | 'document':null;'document':'3','document_type':'other' | 'document':'3','document_type':'other'",
                // tags and attributes are merged, in order
                "'tags':['a','b'] | 'tags':['c','a'];'tags':['d'] | 'tags':['a','b','c','d']",
                "'attributes':{'a':1} | 'attributes':{'a':2,'b':2};'attributes':{'b':3,'c':3} | 'attributes':{'a':1,'b':2,'c':3}",
                "'attributes':{'a':null} | 'attributes':{'a':2} | 'attributes':{'a':null}",
                // the strictest status and consents win
                "'status':'active' | 'status':'active';'status':'blocked' | 'status':'blocked'",
                "'status':'blocked' | 'status':'active' | 'status':'blocked'",
                "'status':'active' | 'status':'inactive' | 'status':'active'",
                "'preferences':{'promotions':true,'newsletter':true} | 'preferences':{'promotions':false,'newsletter':null} | 'preferences':{'promotions':false,'newsletter':true}",
                "'preferences':{'promotions':null,'newsletter':null} | 'preferences':{'promotions':true,'newsletter':false} | 'preferences':{'promotions':true,'newsletter':false}",
                "'preferences':{'promotions':false,'newsletter':null} | 'preferences':{'promotions':true,'newsletter':null} | 'preferences':{'promotions':false,'newsletter':null}"
            })
    void mergeAppliesRuleOfEachField(String target, String sources, String expected) {
        var result = plan(target, sources, Map.of()).result();

        json("{" + expected.replace('\'', '"') + "}").properties().forEach(field -> assertThat(
                        result.get(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
    }

    @Test
    void preferredCustomerProvidesField() {
        var plan = plan(
                "'email':'t@x.y','email_verified':true,'phone':'1'",
                "'email':'a@x.y','phone':'2';'email':'b@x.y','phone':'3'",
                Map.of("email", new UUID(0, 2)));

        assertThat(plan.result().get("email").textValue()).isEqualTo("b@x.y");
        assertThat(plan.result().get("email_verified").booleanValue()).isFalse();
        assertThat(plan.result().get("phone").textValue()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "first_name", "last_name", "company_name"})
    void preferredPartIncludesWholeName(String field) {
        var source = "'name':'Ana Costa','first_name':'Ana','last_name':'Costa','company_name':null";
        var target = "'name':'A. C.','first_name':'A.','last_name':'C.','company_name':'ACME'";
        var plan = plan(target, source, Map.of(field, new UUID(0, 1)));

        json("{" + source.replace('\'', '"') + "}")
                .properties()
                .forEach(part -> assertThat(plan.result().get(part.getKey())).isEqualTo(part.getValue()));
    }

    @Test
    void differingFieldsAreListedAsConflicts() {
        var plan = plan(
                "'email':'T@x.y','phone':'1','notes':null,'attributes':{'a':1},'status':'active'",
                "'email':'t@x.y','phone':'2','notes':'n','attributes':{'a':2},'status':'blocked'",
                Map.of());

        assertThat(plan.conflicts())
                .extracting(MergeConflict::field)
                .containsExactly("phone", "attributes.a", "status");

        var phone = plan.conflicts().get(0);

        assertThat(phone.kept().textValue()).isEqualTo("1");
        assertThat(phone.candidates())
                .extracting(MergeConflict.Candidate::customerId)
                .containsExactly(TARGET.toString(), new UUID(0, 1).toString());
        assertThat(phone.candidates())
                .extracting(candidate -> candidate.value().textValue())
                .containsExactly("1", "2");
        assertThat(plan.conflicts().get(2).kept().textValue()).isEqualTo("blocked");
    }

    @Test
    void equalAndBlankValuesAreNoConflict() {
        assertThat(plan("'email':'t@x.y'", "'email':'t@x.y';'email':null", Map.of())
                        .conflicts())
                .isEmpty();
    }

    @Test
    void planDoesNotChangeItsInputs() {
        var target = customer(0, "'tags':['a']");
        var source = customer(1, "'tags':['b'],'email':'s@x.y'");

        MergePlan.of(target, List.of(source), Map.of(), (field, value) -> value);

        assertThat(target).isEqualTo(customer(0, "'tags':['a']"));
        assertThat(source).isEqualTo(customer(1, "'tags':['b'],'email':'s@x.y'"));
    }
}
