package io.clientela.identity.match;

import static io.clientela.identity.match.People.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores and reasons of pairs of records. */
class MatchModelTest {
    private static final String HOME = "address=Rua das Flores 12 Curitiba 80010-000";

    @ParameterizedTest(name = "{0} ~ {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // one field besides the name, both in order
                "Jane Sondheim, email=jane@example.com | Jane Sondheim, email=jane@example.com",
                "Jane Sondheim, phone=+5511988887777 | Jane Sondheim, phone=+5511988887777",
                "Jane Sondheim, document=52998224725 | Jane Sondheim, document=52998224725",
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1987-06-05",
                "Jane Sondheim, address=12 High Street Leeds 4711 | Jane Sondheim, address=12 High St Leeds 4711",
                // names written differently
                "JOSÉ DA SILVA SANTOS, phone=+5511988887777 | Jose Santos, phone=+5511988887777",
                "Silva João, phone=+5511988887777 | João Silva, phone=+5511988887777",
                "J. Sondheim, phone=+5511988887777 | Jane Sondheim, phone=+5511988887777",
                "Mary Ann Smithson, phone=+15551234567 | Maryann Smithson, phone=+15551234567",
                "Jnae Sondheim, phone=+5511988887777 | Jane Sondheim, phone=+5511988887777",
                // one error in an identifying field
                "Jane Sondheim, email=qwx77@gmail.com | Jane Sondheim, email=qwx77@gmial.com",
                "Jane Sondheim, email=jane.sondheim@gmail.com | Jane Sondheim, email=jane.sondhiem@gmail.com",
                "Jane Sondheim, phone=+5511988887777 | Jane Sondheim, phone=+5511988887771",
                "Jane Sondheim, document=52998224725 | Jane Sondheim, document=52998224752",
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1987-05-06",
                // a surname changed
                "Jane Sondheim, email=jane@example.com | Jane Kowalczyk, email=jane@example.com",
                // the document outweighs another name
                "Jane Sondheim, document=52998224725, birthday=1987-06-05"
                        + " | Maria Sondheim, document=52998224725, birthday=1987-06-05",
                // companies
                "company:Acme Ltda, document=11222333000181 | company:ACME, document=11222333000181",
                "company:Acme Ltda, phone=+551133334444, email=info@acme.com"
                        + " | company:Acme S.A., phone=+551133334444, email=info@acme.com"
            })
    void recordsOfOneCustomerAreRecommended(String a, String b) {
        assertThat(score(a, b)).isGreaterThanOrEqualTo(MatchModel.RECOMMENDED_THRESHOLD);
    }

    @ParameterizedTest(name = "{0} ~ {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // a name and nothing else
                "Maria Silva | Maria Silva",
                "John Smith | John Smith",
                "Jane Sondheim | Jane Sondheim",
                "José da Silva Santos | José da Silva Santos",
                "Maria | Maria",
                "Jane Sondheim, address=Curitiba | Jane Sondheim, address=Curitiba",
                "Jane Sondheim, address=Curitiba 80010-000 | Jane Sondheim, address=Curitiba 80010-000",
                "? | ?",
                // couples, parents and children, sisters
                "Ana Souza, phone=+5511988887777, " + HOME + " | Paulo Souza, phone=+5511988887777, " + HOME,
                "Paula Souza, phone=+5511988887777, " + HOME + " | Paulo Souza, phone=+5511988887777, " + HOME,
                // father and son, distinguished by the generation
                "Otto Lima Kranz, phone=+5511988887777 | Otto Lima Kranz Filho, phone=+5511988887777",
                // twins with different documents
                "Ana Kranz, birthday=1991-10-17, document=52998224725, " + HOME
                        + " | Rita Kranz, birthday=1991-10-17, document=11144477735, " + HOME,
                // namesakes
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1962-11-30",
                "Jane Sondheim, document=52998224725 | Jane Sondheim, document=11144477735",
                "Maria Silva, email=maria.silva@gmail.com | Maria Silva, email=maria.silva2@gmail.com",
                "Maria Silva, email=maria.silva@gmail.com | Maria Silva, email=maria.silva@uol.com.br",
                // colleagues
                "Ana Kranz, email=info@acme.com, phone=+551133334444, employer=Acme"
                        + " | Otto Sondheim, email=info@acme.com, phone=+551133334444, employer=Acme Ltda",
                "Ana Kranz, phone=+551133334444;ext=12 | Otto Sondheim, phone=+551133334444;ext=13",
                "Ana Kranz, document=11222333000181, employer=Acme | Otto Sondheim, document=11222333000181, employer=Acme",
                // a person and their employer
                "Ana Kranz, email=info@acme.com, employer=Acme | company:Acme, email=info@acme.com",
                // branches
                "company:Acme, document=11222333000181 | company:Acme, document=11222333000262",
                "company:Acme, address=Rua A 12 Curitiba, phone=+551133334444"
                        + " | company:Acme, address=Avenida Central 900 Recife, phone=+558133332222",
                // placeholders
                "Maria Silva, document=00000000000 | Maria Silva, document=00000000000",
                "Ana Kranz, phone=+5511999999999 | Otto Sondheim, phone=+5511999999999",
                "Maria Silva, document=12345678909 | Maria Silva, document=12345678909",
                "Ana Kranz, email=noreply@acme.com | Otto Sondheim, email=noreply@acme.com",
                "Maria Silva, email=no@acme.com | Maria Silva, email=no@acme.com",
                "Maria Silva, email=do-not-reply@acme.com | Maria Silva, email=do-not-reply@acme.com",
                "Maria Silva, email=ana@none | Maria Silva, email=ana@none"
            })
    void recordsOfTwoCustomersAreNotRecommended(String a, String b) {
        assertThat(score(a, b)).isLessThan(MatchModel.RECOMMENDED_THRESHOLD);
    }

    /** A second record with an error is far more frequent than two people who differ in one field only. */
    @ParameterizedTest(name = "{0} ~ {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // rather than twins
                "Ana Kranz, birthday=1991-10-17, " + HOME + " | Rita Kranz, birthday=1991-10-17, " + HOME,
                "Ana Kranz, birthday=1991-10-17, document=6988048, " + HOME
                        + " | Rita Kranz, birthday=1991-10-17, document=7364009, " + HOME,
                // rather than father and son
                "Otto Kranz, birthday=1960-02-03, phone=+5511988887777, " + HOME
                        + " | Otto Kranz, birthday=1991-10-17, phone=+5511988887777, " + HOME,
                "Otto Kranz, birthday=1960-02-03, document=6988048, " + HOME
                        + " | Otto Kranz, birthday=1991-10-17, document=7364009, " + HOME,
                // rather than a family with one mailbox
                "Ana Kranz, email=qwx77@uol.com.br | Rita Kranz, email=qwx77@uol.com.br",
                // rather than namesakes
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1987-06-08",
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1997-06-05",
                // names in the wrong order or alone
                "Kranz, birthday=1991-10-17 | Ana Kranz, birthday=1991-10-17",
                "Sondheim Jane, phone=+5511988887777 | Jane Sondhiem, phone=+5511988887771"
            })
    void recordsWithOneErrorAreRecommended(String a, String b) {
        assertThat(score(a, b)).isGreaterThanOrEqualTo(MatchModel.RECOMMENDED_THRESHOLD);
    }

    @ParameterizedTest(name = "{0} ~ {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Jane Sondheim, email=a@b.com | Jane Sondheim, email=a@b.com | same_email same_name",
                "Jane Sondheim, phone=+5511988887777 | Jane Sondhiem, phone=+5511988887771 | similar_phone similar_name",
                "Ana Kranz, document=52998224725 | Otto Lima, document=52998224752 | similar_document",
                "Ana Kranz, document=52998224725 | Ana Kranz, document=52998224725 | same_document same_name",
                "Ana Kranz, birthday=1991-10-17 | Otto Lima, birthday=1991-10-17 | same_birthday",
                "Ana Kranz, birthday=1991-10-07 | Ana Kranz, birthday=1991-07-10 | similar_birthday same_name",
                "Ana Lima, email=qwx77@gmail.com | Ana Lima, email=qwx77@gmial.com | similar_email same_name",
                "Ana Lima, employer=Acme Ltda | Ana Lima, employer=ACME | same_name same_company",
                "Ana Lima, employer=Metalworks | Ana Lima, employer=Metalwoks | same_name similar_company",
                "Ana Lima, address=Rua A 12 Belém | Ana Lima, address=rua a 12 belem | same_name same_address",
                "Ana Lima, address=Rua Aurora 12 Belem | Ana Lima, address=Rua Aurora 15 Belem | same_name similar_address",
                "Ana Kranz, phone=+5511988887777 | Rita Kranz, phone=+5511955554444 | ''"
            })
    void reasonsListSupportingFields(String a, String b, String reasons) {
        var expected = reasons.isEmpty() ? List.of() : List.of(reasons.split(" "));
        assertThat(MatchModel.compare(parse(a), parse(b)).reasons()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} with {1} rather than {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Ana Kranz, email=ana@b.com | Ana Kranz, email=ana@b.com | Ana Krans, email=ana@b.com",
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1987-06-05 | Jane Sondheim, birthday=1987-06-08",
                "Jane Sondheim, birthday=1987-06-05 | Jane Sondheim | Jane Sondheim, birthday=1962-11-30",
                "Maria Silva, birthday=1987-06-05 | Maria Kranz | Maria Lima, birthday=1962-11-30",
                "Jane Sondheim, document=52998224725 | Jane Sondheim, document=52998224752 | Jane Sondheim, document=11144477735"
            })
    void closerRecordScoresHigher(String record, String closer, String further) {
        assertThat(score(record, closer)).isGreaterThan(score(record, further));
    }

    @Test
    void documentsOfDifferentKindsAreIgnored() {
        var name = "Jane Sondheim, birthday=1987-06-05";
        assertThat(score(name + ", document=A4711X", name + ", document=52998224725"))
                .isEqualTo(score(name, name));
        assertThat(score(name + ", document=A4711X", name + ", document=B0815Y"))
                .isLessThan(score(name, name));
    }

    @Test
    void rareNameScoresHigherThanCommonName() {
        var day = ", birthday=1987-06-05";
        assertThat(score("Jane Sondheim" + day, "Jane Sondheim, birthday=1987-06-08"))
                .isGreaterThan(score("Maria Silva" + day, "Maria Silva, birthday=1987-06-08"));
    }

    @Test
    void comparisonIsSymmetric() {
        var records = List.of(
                "Jane Sondheim, email=jane@example.com, phone=+5511988887777",
                "Sondheim Jnae, email=jane@example.org, phone=+5511988887771",
                "J Sondheim, birthday=1987-06-05, document=52998224725",
                "Silva João Souza, birthday=1987-05-06, document=52998224752, " + HOME,
                "João da Silva, address=R das Flores 12 Curitiba, employer=Acme",
                "Ana Maria Silva, email=ana.silva@acme.com, employer=Acme Ltda, " + HOME,
                "Maria Silva, email=info@acme.com, phone=+551133334444;ext=12",
                "Maira Sivla, email=info@acme.com, phone=+551133334444",
                "company:Acme, email=info@acme.com, document=11222333000181",
                "company:Acme Filial, email=info@acme.com, document=11222333000262");
        for (var a : records) {
            for (var b : records) {
                assertThat(MatchModel.compare(parse(a), parse(b)))
                        .as("%s ~ %s", a, b)
                        .isEqualTo(MatchModel.compare(parse(b), parse(a)));
            }
        }
    }

    @Test
    void comparisonIsDeterministic() {
        var a = parse("Jane Sondheim, email=jane@example.com, " + HOME);
        var b = parse("Jnae Sondheim, email=jane@example.org, " + HOME);
        assertThat(MatchModel.compare(a, b)).isEqualTo(MatchModel.compare(a, b));
        assertThat(MatchModel.compare(Profile.of(a), Profile.of(b))).isEqualTo(MatchModel.compare(a, b));
    }

    @Test
    void recordsWithoutCommonFieldsScorePrior() {
        assertThat(score("?, phone=+5511988887777", "?, email=a@b.com")).isCloseTo(5e-6, within(1e-7));
    }

    private static double score(String a, String b) {
        return MatchModel.compare(parse(a), parse(b)).score();
    }
}
