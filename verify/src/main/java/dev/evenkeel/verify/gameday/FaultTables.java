package dev.evenkeel.verify.gameday;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What was done to the cluster, and how long clients had to wait for it: one by one, and the worst of each kind. */
final class FaultTables {

    /** @param writePause of the table that waited longest, until the next fault */
    record Felt(Incident incident, long writePause, long readPause) {}

    private final List<Felt> all = new ArrayList<>();

    FaultTables(List<Incident> incidents, Collection<Call> calls) {
        var pauses = new Pauses(calls);
        long end = calls.stream().mapToLong(Call::endedNanos).max().orElse(0);
        for (int i = 0; i < incidents.size(); i++) {
            var incident = incidents.get(i);
            long next = i + 1 < incidents.size() ? incidents.get(i + 1).injectedNanos() : end;
            all.add(new Felt(
                    incident,
                    pauses.longestNanos(true, incident.injectedNanos(), next),
                    pauses.longestNanos(false, incident.injectedNanos(), next)));
        }
    }

    Optional<Felt> longest(ToLongFunction<Felt> pause) {
        return all.stream().max(Comparator.comparingLong(pause));
    }

    void kinds(Markdown out) {
        if (all.isEmpty()) {
            return;
        }
        var kinds = new EnumMap<FaultKind, List<Felt>>(FaultKind.class);
        all.forEach(felt -> kinds.computeIfAbsent(felt.incident().kind(), _ -> new ArrayList<>())
                .add(felt));
        out.heading("Longest pauses by kind of fault");
        out.table(
                "| fault | times | no write for s | no read for s | then well after s | whole after s |",
                "|---|---:|---:|---:|---:|---:|");
        kinds.forEach((kind, felt) -> out.line(
                "| %s | %d | %.2f | %.2f | %.1f | %.1f |",
                kind.label(),
                felt.size(),
                worst(felt, Felt::writePause),
                worst(felt, Felt::readPause),
                worst(felt, it -> it.incident().recoveredNanos() - it.incident().healedNanos()),
                worst(felt, it -> it.incident().wholeNanos() - it.incident().healedNanos())));
    }

    private static double worst(List<Felt> felt, ToLongFunction<Felt> nanos) {
        return Markdown.seconds(felt.stream().mapToLong(nanos).max().orElse(0));
    }

    void events(Markdown out) {
        out.heading("What happened");
        out.line(
                "A pause is the longest time in which no call to some table was answered, from this fault to the next. *Well* "
                        + "is when every node answered and every table took writes again, *whole* when every replica took part again "
                        + "and the cluster could have lost another node; both are counted from when the fault was undone.");
        out.line("");
        out.table(
                "| at s | what | for s | no write for s | no read for s | well after s | whole after s | remark |",
                "|---:|---|---:|---:|---:|---:|---:|---|");
        all.forEach(felt -> event(felt, out));
    }

    private static void event(Felt felt, Markdown out) {
        var incident = felt.incident();
        out.line(
                "| %.1f | %s | %.1f | %.2f | %.2f | %.1f | %.1f | %s |",
                Markdown.seconds(incident.injectedNanos()),
                Markdown.cell(incident.what()),
                Markdown.seconds(incident.healedNanos() - incident.injectedNanos()),
                Markdown.seconds(felt.writePause()),
                Markdown.seconds(felt.readPause()),
                Markdown.seconds(incident.recoveredNanos() - incident.healedNanos()),
                Markdown.seconds(incident.wholeNanos() - incident.healedNanos()),
                Markdown.cell(incident.remark()));
    }
}
