package io.clientela.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagListTest {
    @Test
    void tagsAreSeparatedByBars() {
        assertThat(TagList.join(List.of())).isEmpty();
        assertThat(TagList.join(List.of("vip", "a,b"))).isEqualTo("vip|a,b");
        assertThat(TagList.join(List.of("a|b", "\\"))).isEqualTo("a\\|b|\\\\");
    }

    @Test
    void joinedTagsAreRestored() {
        for (List<String> tags : List.of(
                List.<String>of(),
                List.of("a"),
                List.of("|", "\\", "\\|", "|\\", "\\\\"),
                List.of("a\\", "b"),
                List.of("a;b", "😀", "=1"))) {
            assertThat(TagList.split(TagList.join(tags))).isEqualTo(tags);
        }
    }

    @Test
    void otherBackslashesStandForThemselves() {
        assertThat(TagList.split("C:\\temp|end\\")).containsExactly("C:\\temp", "end\\");
    }
}
