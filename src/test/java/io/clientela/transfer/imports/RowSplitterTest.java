package io.clientela.transfer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.http.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSplitterTest {
    /** Returns the pieces of a file that arrives in parts of this length. */
    private static List<Piece> split(RowSplitter splitter, String file, int length) {
        var bytes = file.getBytes(StandardCharsets.UTF_8);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += length) {
            pieces.addAll(splitter.add(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + length)), 0));
        }
        splitter.end().ifPresent(pieces::add);
        return pieces;
    }

    private static String text(Piece piece) {
        return new String(piece.data(), StandardCharsets.UTF_8);
    }

    /** In the table, n, r and q stand for LF, CR and a quote. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    anbn       | 2
                    an         | 1
                    a          | 1
                    arnbrn     | 2
                    arb        | 2
                    nnanrnn    | 1
                    qa,nbq,cn  | 1
                    qaqqnbqn   | 1
                    qarbq,cnd  | 2
                    aqn        | 1
                    aqnbqn     | 2
                    x,qyqnz    | 2
                    qaqbncn    | 2
                    x,aqb,qnqn | 1
                    """)
    void rowsEndOutsideOfQuotes(String file, int rows) {
        var text = file.replace('n', '\n').replace('r', '\r').replace('q', '"');
        for (int length = 1; length <= text.length(); length++) {
            var pieces = split(new RowSplitter(RowEnds.ofCsv(',', 2)), text, length);

            assertThat(pieces).hasSize(1);
            assertThat(pieces.get(0).rows()).isEqualTo(rows);
            assertThat(pieces.get(0).firstLine()).isEqualTo(2);
            assertThat(text(pieces.get(0))).isEqualTo(text);
        }
    }

    @Test
    void piecesAreWholeRowsAndBeginAtTheirLines() {
        var file = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            file.append("\"two\nlines ").append(i).append("\"\r\n");
        }

        var pieces = split(new RowSplitter(RowEnds.ofCsv(',', 2)), file.toString(), 1000);

        assertThat(pieces.stream().map(Piece::number)).containsExactly(0, 1, 2);
        assertThat(pieces.stream().map(Piece::rows)).containsExactly(200, 200, 100);
        assertThat(pieces.stream().map(Piece::firstLine)).containsExactly(2L, 402L, 802L);
        assertThat(String.join("", pieces.stream().map(RowSplitterTest::text).toList()))
                .isEqualTo(file.toString());
    }

    @Test
    void longRowsMakeShortPieces() {
        var row = "x".repeat(300_000) + "\n";

        assertThat(split(new RowSplitter(RowEnds.ofLines(1)), row.repeat(5), 65_536))
                .extracting(Piece::rows)
                .containsExactly(2, 2, 1);
    }

    @Test
    void rowOfMoreThanOneMebibyteIsRefusedBeforeItIsStored() {
        var splitter = new RowSplitter(RowEnds.ofCsv(',', 2));

        assertThatThrownBy(() -> split(splitter, "a\nb\n\"" + "x\n".repeat(600_000), 65_536))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("line 4 begins a row of more than 1 MiB");
    }

    @Test
    void quotesHaveNoMeaningInLines() {
        assertThat(split(new RowSplitter(RowEnds.ofLines(1)), "{\"a\":\"\n\"}\n", 3))
                .extracting(Piece::rows)
                .containsExactly(2);
    }
}
