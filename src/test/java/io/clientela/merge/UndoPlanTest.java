package io.clientela.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The result of an undo for the target, field by field. */
class UndoPlanTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'email':'s' | 'email':{'from':null,'to':'s'} | 'email':null",
                "'email':'edited' | 'email':{'from':null,'to':'s'} | 'email':'edited'",
                "'email':null | 'email':{'from':'t','to':'s'} | 'email':null",
                "'tags':['t','s','new'] | 'tags':{'from':['t'],'to':['t','s']} | 'tags':['t','new']",
                "'tags':['s'] | 'tags':{'from':['t'],'to':['t','s']} | 'tags':[]",
                "'attributes':{'t':1,'s':2,'n':3} | 'attributes':{'from':{'t':1},'to':{'t':1,'s':2}} | 'attributes':{'t':1,'n':3}",
                "'attributes':{'t':1,'s':9} | 'attributes':{'from':{'t':1},'to':{'t':1,'s':2}} | 'attributes':{'t':1,'s':9}",
                "'preferences':{'a':false,'b':true} | 'preferences':{'from':{'a':true,'b':null},'to':{'a':false,'b':null}} | 'preferences':{'a':true,'b':true}",
                "'status':'blocked' | 'status':{'from':'active','to':'blocked'} | 'status':'active'",
                // fields that belong together are reverted together, or not at all
                "'document':'s','document_type':'cpf' | 'document':{'from':null,'to':'s'},'document_type':{'from':null,'to':'cpf'} | 'document':null,'document_type':null",
                "'document':'edited','document_type':'cpf' | 'document':{'from':null,'to':'s'},'document_type':{'from':null,'to':'cpf'} | 'document':'edited','document_type':'cpf'",
                "'document':'s','document_type':'other' | 'document':{'from':'t','to':'s'},'document_type':{'from':'cpf','to':'cpf'} | 'document':'s','document_type':'other'",
                "'name':'S','first_name':'S','last_name':'edited' | 'name':{'from':'T','to':'S'},'last_name':{'from':null,'to':'X'} | 'name':'S','first_name':'S','last_name':'edited'",
                "'email':'edited','email_verified':false | 'email':{'from':null,'to':'s'},'email_verified':{'from':false,'to':true} | 'email':'edited','email_verified':false"
            })
    void undoRevertsUneditedValues(String current, String changes, String expected) {
        assertThat(UndoPlan.of(json(current), json(changes))).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'phone':{'from':null,'to':'1'} | 'phone':{'from':null,'to':'1'}",
                "'email':{'from':null,'to':'s'} | 'email':{'from':null,'to':'s'},'email_verified':{'from':false,'to':false}",
                "'preferences':{'from':{'a':true},'to':{'a':false}} | 'preferences':{'from':{'a':true},'to':{'a':false}}",
                "'document':{'from':'t','to':'s'} | 'document':{'from':'t','to':'s'},'document_type':{'from':'cpf','to':'cpf'},'document_valid':{'from':true,'to':true}"
            })
    void storedChangesIncludeWholeGroups(String changes, String expected) {
        var target = json("'email':null,'email_verified':false,'document_type':'cpf','document_valid':true,"
                + "'preferences':{'a':true}");
        var stored = json(expected);
        if (!stored.has("preferences")) {
            stored.set("preferences", json("'from':{'a':true},'to':{'a':true}"));
        }

        assertThat(UndoPlan.withGroups(json(changes), target)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'a':false,'b':true} | {'a':true,'b':true} | a",
                "{'a':null} | {'a':true} |",
                "{'a':false} | {'a':false} |",
                "{'a':false} | {'a':null} |",
                "{'a':true} | {'a':false} |"
            })
    void refusalSinceMergeWithdrawsConsent(String current, String merged, String withdrawn) {
        assertThat(UndoPlan.withdrawn(
                        json("'preferences':" + current), json("'preferences':{'from':{},'to':" + merged + "}")))
                .isEqualTo(withdrawn == null ? Set.of() : Set.of(withdrawn));
    }

    private static ObjectNode json(String members) {
        var text = "{" + members.replace('\'', '"') + "}";
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
