package io.clientela.transfer.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that were written or refused.
 *
 * @param bytes their length in the file
 * @param counts how many there are of each effect
 * @param refused those that were refused
 */
record Done(long bytes, Map<RowOutcome.Effect, Long> counts, List<Refusal> refused) {
    static Done of(List<ImportRow> rows, List<RowOutcome> outcomes, long bytes) {
        Map<RowOutcome.Effect, Long> counts = new EnumMap<>(RowOutcome.Effect.class);
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            counts.merge(outcomes.get(i).effect(), 1L, Long::sum);
            outcomes.get(i).problem().ifPresent(problem -> refused.add(Refusal.of(row, problem)));
        }
        return new Done(bytes, counts, refused);
    }

    long count(RowOutcome.Effect effect) {
        return counts.getOrDefault(effect, 0L);
    }
}
