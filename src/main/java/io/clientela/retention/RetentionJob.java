package io.clientela.retention;

import io.clientela.background.BackgroundWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes what is past its time, regularly: in short steps, by one instance of the service at a time, with pauses that
 * leave the database at least half of the time. The kinds take turns, so that a large one does not hold up the others.
 */
@ApplicationScoped
public class RetentionJob {
    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final Duration MIN_PAUSE = Duration.ofMillis(100);

    /**
     * A run in progress.
     *
     * @param active the rules that may have something left to delete
     * @param removed how many rows were deleted, by kind
     */
    private record Run(List<RetentionRule> active, Map<String, Integer> removed) {}

    private final List<RetentionRule> rules;
    private final RetentionStep step;
    private final RetentionSettings settings;
    private final Vertx vertx;
    private final Map<String, Counter> counters;

    RetentionJob(
            @All List<RetentionRule> rules,
            RetentionStep step,
            RetentionSettings settings,
            Vertx vertx,
            MeterRegistry meters) {
        this.rules = rules;
        this.step = step;
        this.settings = settings;
        this.vertx = vertx;
        this.counters = rules.stream()
                .map(RetentionRule::kind)
                .collect(Collectors.toMap(Function.identity(), kind -> Counter.builder("clientela.retention.removed")
                        .description("Rows that were deleted because they were past their time")
                        .tag("kind", kind)
                        .register(meters)));
    }

    void schedule(@Observes StartupEvent started, BackgroundWork background) {
        background.every(settings.every(), "retention", this::run);
    }

    /** Deletes all that is past its time; nothing if another instance does so now. */
    Uni<Void> run() {
        var active =
                rules.stream().filter(rule -> rule.age().isPresent()).collect(Collectors.toCollection(ArrayList::new));
        var run = new Run(active, new TreeMap<>());
        return Uni.createFrom()
                .deferred(() -> round(run))
                .repeat()
                .until(unfinished -> !unfinished)
                .collect()
                .last()
                .invoke(() ->
                        run.removed().forEach((kind, count) -> LOG.infof("Retention removed %d of %s", count, kind)))
                .replaceWithVoid();
    }

    /** Executes one step of each active rule. Returns whether any may have something left to delete. */
    private Uni<Boolean> round(Run run) {
        return Multi.createFrom()
                .iterable(List.copyOf(run.active()))
                .filter(rule -> run.active().contains(rule))
                .onItem()
                .transformToUniAndConcatenate(rule -> execute(rule, run))
                .collect()
                .last()
                .map(last -> !run.active().isEmpty());
    }

    private Uni<Void> execute(RetentionRule rule, Run run) {
        long started = System.nanoTime();
        return step.execute(rule, rule.age().orElseThrow())
                .invoke(removed -> record(rule, removed, run))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf("Retention of %s failed, next run in %s: %s", rule.kind(), settings.every(), failure);
                    run.active().remove(rule);
                    return Uni.createFrom().voidItem();
                })
                .call(() -> pause(Duration.ofNanos(System.nanoTime() - started)));
    }

    private void record(RetentionRule rule, OptionalInt removed, Run run) {
        if (removed.isEmpty()) {
            run.active().clear();
        } else if (removed.getAsInt() == 0) {
            run.active().remove(rule);
        } else {
            run.removed().merge(rule.kind(), removed.getAsInt(), Integer::sum);
            counters.get(rule.kind()).increment(removed.getAsInt());
        }
    }

    /** Waits as long as the step took. */
    private Uni<Void> pause(Duration step) {
        var pause = step.compareTo(MIN_PAUSE) > 0 ? step : MIN_PAUSE;
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(pause.toMillis(), fired -> emitter.complete(null)));
    }
}
