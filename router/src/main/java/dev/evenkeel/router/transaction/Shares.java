package dev.evenkeel.router.transaction;

import dev.evenkeel.router.FanOut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

/** The parts of a transaction by the groups that have them, each with its place in the whole. */
final class Shares<P> {
    private final Map<Integer, List<Integer>> indexes = new LinkedHashMap<>();
    private final List<P> parts;

    private Shares(List<P> parts) {
        this.parts = parts;
    }

    static <P> Shares<P> of(List<P> parts, ToIntFunction<P> groupOf) {
        var shares = new Shares<>(parts);
        for (int i = 0; i < parts.size(); i++) {
            shares.indexes
                    .computeIfAbsent(groupOf.applyAsInt(parts.get(i)), _ -> new ArrayList<>())
                    .add(i);
        }
        return shares;
    }

    List<P> parts() {
        return parts;
    }

    /** In the order in which they first appear. */
    List<Integer> groups() {
        return List.copyOf(indexes.keySet());
    }

    List<P> of(int groupId) {
        return indexes.getOrDefault(groupId, List.of()).stream().map(parts::get).toList();
    }

    /** What is done with one group's share. */
    interface Step<P, R> {
        /** One result for each part of the share, in its order. */
        List<R> of(int groupId, List<P> share);
    }

    /**
     * Does something with all shares at the same time.
     *
     * @return the results in the order of the parts
     * @throws RuntimeException of the first group that failed, when all have ended
     */
    <R> List<R> gather(Step<P, R> step) {
        var steps = new ArrayList<Callable<List<R>>>();
        indexes.keySet().forEach(groupId -> steps.add(() -> step.of(groupId, of(groupId))));
        var results = FanOut.all(steps);
        var gathered = new ArrayList<R>(
                Collections.nCopies(parts.size(), results.getFirst().getFirst()));
        int share = 0;
        for (var ofGroup : indexes.values()) {
            for (int i = 0; i < ofGroup.size(); i++) {
                gathered.set(ofGroup.get(i), results.get(share).get(i));
            }
            share++;
        }
        return gathered;
    }
}
