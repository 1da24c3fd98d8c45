package io.clientela.identity.match;

import static io.clientela.identity.match.People.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records share a blocking key. */
class BlockingKeysTest {
    @ParameterizedTest(name = "{0} ~ {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Ana Kranz, email=a.kranz@gmail.com | Otto Lima, email=akranz+shop@gmail.com",
                "Ana Kranz, email=akranz@gmail.com | Otto Lima, email=akranz@gmial.com",
                "Ana Kranz, email=akranz77@gmail.com | Ana Krxnz, email=akranz78@gmail.com",
                "Ana Kranz, phone=+5511988887777 | Otto Lima, phone=+5511988887777",
                "Ana Kranz, phone=+551133334444;ext=12 | Otto Lima, phone=+551133334444",
                "Ana Kranz, phone=+5511988887777 | Ana Lima, phone=+5511988887771",
                "Ana Kranz, phone=+5511988887777 | Otto Kranz, phone=+5511988987777",
                "Ana Kranz, document=52998224725 | Otto Lima, document=52998224725",
                "Ana Kranz, document=52998224725 | Otto Lima, document=52998224752",
                "Ana Kranz, document=52998224725 | Otto Lima, document=52988224725",
                "Ana Kranz, birthday=1991-10-17 | Otto Lima, birthday=1991-10-17",
                "José da Silva Santos | Jose Santos",
                "José da Silva Santos | Jose Silva",
                "João Kranz | KRANZ JOAO",
                "Stephen Kranz | Steven Krantz",
                "Ana Sondheim | Ana Sondxeim",
                "Ana Sondheim | Ana Pondheim",
                "A. Sondheim | Ana Sondheim",
                "Ana Kranz, birthday=1991-10-17 | Kranz, birthday=1991-10-17",
                "Ana Kranz, address=Rua A 12 Recife 50010-000 | Kranz Otto, address=Rua B 15 Recife 50010-000",
                "Ana Kranz, address=Rua A 12 Recife 50010-000 | Otto Lima, address=R. Axe 12 50010000",
                "Ana Kranz, address=Rua A 12 Recife 50010-000 | Otto Kranz, address=Rua B 15 Recife 50010-000",
                "Ana Kranz, address=Rua Aurora 12 | Ana Lima, address=R Aurora 13",
                "Maria | MARIA",
                "company:Acme Metais | company:Metais Acme",
                "李小龙 | 李小龙"
            })
    void similarRecordsShareKey(String a, String b) {
        assertThat(shared(a, b)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} ~ {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Ana Kranz, email=info@acme.com | Otto Lima, email=info@globex.com",
                "Ana Kranz, phone=+5511999999999 | Otto Lima, phone=+5511999999999",
                "Ana Kranz, document=00000000000 | Otto Lima, document=00000000000",
                "Ana Kranz, birthday=1991-10-17 | Otto Lima, birthday=1991-10-18",
                "Ana Kranz, address=Rua Aurora 12 Recife | Otto Lima, address=Rua das Flores 12 Curitiba",
                "? | ?"
            })
    void differentRecordsShareNoKey(String a, String b) {
        assertThat(shared(a, b)).isEmpty();
    }

    @Test
    void fullRecordHasMaximumKeys() {
        assertThat(BlockingKeys.of(parse("José da Silva Santos, email=jose.santos@gmail.com, phone=+5511988887777,"
                        + " document=52998224725, birthday=1991-10-17, address=Rua Aurora 12 Recife 50010-000")))
                .hasSize(BlockingKeys.MAX_KEYS);
    }

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Ana Kranz, email=akranz@gmail.com, phone=+5511988887777, document=52998224725 | 3",
                "Ana Kranz, birthday=1991-10-17, address=Rua Aurora 12 Recife 50010-000 | 0",
                "Ana Kranz, email=no@gmail.com, phone=+5511999999999, document=00000000000 | 0"
            })
    void wholeIdentifiersAreAmongKeys(String record, int count) {
        assertThat(BlockingKeys.ofIdentifiers(parse(record))).hasSize(count);
        assertThat(BlockingKeys.of(parse(record))).containsAll(BlockingKeys.ofIdentifiers(parse(record)));
    }

    /** Keys are stored, so a record must have the same keys in every release with the same version. */
    @Test
    void storedKeysOfVersionStayStable() {
        assertThat(BlockingKeys.VERSION).isEqualTo(2);
        assertThat(BlockingKeys.of(parse("Jane Sondheim, email=jane@example.com")))
                .containsExactly(
                        -1588125736536166211L,
                        -6661996114773332675L,
                        -1623609972183577990L,
                        -2242806958700055074L,
                        -4097099525053045649L,
                        6564060797050917733L,
                        1490563958346455850L,
                        -7938493854025850996L,
                        -1190236334656121308L,
                        1991516639957941901L);
    }

    private static Set<Long> shared(String a, String b) {
        var keys = new HashSet<>(BlockingKeys.of(parse(a)));
        keys.retainAll(BlockingKeys.of(parse(b)));
        return keys;
    }
}
