package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether transactions on growing lists behaved as if they had taken place one after another, in some order. The lists tell the order
 * of writers; together with what was read they give the dependencies that every such order must keep, and there is one
 * if, and only if, these have no cycle (Adya, 1999; Kingsbury and Alvaro, "Elle", 2020).
 */
public final class SerializabilityChecker {
    private final Map<String, SerialTransaction> byName = new HashMap<>();
    private final Map<String, List<String>> lists;
    private final Map<String, Set<String>> before = new LinkedHashMap<>();

    private SerializabilityChecker(List<SerialTransaction> transactions, Map<String, List<String>> lists) {
        this.lists = lists;
        transactions.forEach(it -> byName.put(it.name(), it));
    }

    /**
     * @param lists what they hold in the end
     * @return what is wrong; empty when nothing is
     */
    public static Optional<String> check(List<SerialTransaction> transactions, Map<String, List<String>> lists) {
        return new SerializabilityChecker(transactions, lists).problem();
    }

    private Optional<String> problem() {
        for (var list : lists.entrySet()) {
            var wrong = wrongIn(list.getKey(), list.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (var transaction : byName.values()) {
            var wrong = wrongWith(transaction);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return cycle().map(names -> "no order has all of these: " + String.join(" < ", names));
    }

    private Optional<String> wrongIn(String list, List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            return Optional.of(list + " has something twice: " + names);
        }
        for (var name : names) {
            var writer = byName.get(name);
            if (writer == null || !writer.appends().contains(list)) {
                return Optional.of(list + " has " + name + ", which nobody appended");
            }
            if (writer.ending() == SerialTransaction.Ending.CANCELLED) {
                return Optional.of(list + " has " + name + ", which was cancelled");
            }
        }
        return Optional.empty();
    }

    /** Notes what it depends on, and what depends on it. */
    private Optional<String> wrongWith(SerialTransaction transaction) {
        long there = transaction.appends().stream()
                .filter(list -> list(list).contains(transaction.name()))
                .count();
        boolean mustBeThere = transaction.ending() == SerialTransaction.Ending.COMMITTED;
        if (there < transaction.appends().size() && (there > 0 || mustBeThere)) {
            return Optional.of(transaction.name() + " is not in all of " + transaction.appends());
        }
        for (var list : transaction.appends()) {
            int at = list(list).indexOf(transaction.name());
            if (at > 0) {
                order(list(list).get(at - 1), transaction.name());
            }
        }
        if (transaction.ending() == SerialTransaction.Ending.COMMITTED) {
            return wrongReads(transaction);
        }
        return Optional.empty();
    }

    private Optional<String> wrongReads(SerialTransaction transaction) {
        for (var read : transaction.reads().entrySet()) {
            var found = read.getValue();
            var list = list(read.getKey());
            if (found.size() > list.size() || !list.subList(0, found.size()).equals(found)) {
                return Optional.of(
                        transaction.name() + " found " + found + " in " + read.getKey() + ", which became " + list);
            }
            if (!found.isEmpty()) {
                order(found.getLast(), transaction.name());
            }
            if (found.size() < list.size()) {
                order(transaction.name(), list.get(found.size()));
            }
        }
        return Optional.empty();
    }

    private List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    private void order(String first, String second) {
        if (!first.equals(second)) {
            before.computeIfAbsent(second, _ -> new LinkedHashSet<>()).add(first);
        }
    }

    /** Names that each must come before the next, the first also behind the last. */
    private Optional<List<String>> cycle() {
        var done = new HashSet<String>();
        for (var name : List.copyOf(before.keySet())) {
            var path = new ArrayList<String>();
            var found = cycleFrom(name, path, done);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Depth first, without recursion: chains are as long as histories. */
    private Optional<List<String>> cycleFrom(String start, List<String> path, Set<String> done) {
        var onPath = new HashSet<String>();
        var rest = new ArrayList<Iterator<String>>();
        push(start, path, onPath, rest, done);
        while (!path.isEmpty()) {
            var next = rest.getLast();
            if (!next.hasNext()) {
                var name = path.removeLast();
                rest.removeLast();
                onPath.remove(name);
                done.add(name);
                continue;
            }
            var name = next.next();
            if (onPath.contains(name)) {
                var cycle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
                cycle.add(name);
                return Optional.of(cycle.reversed());
            }
            push(name, path, onPath, rest, done);
        }
        return Optional.empty();
    }

    private void push(
            String name, List<String> path, Set<String> onPath, List<Iterator<String>> rest, Set<String> done) {
        if (!done.contains(name)) {
            path.add(name);
            onPath.add(name);
            rest.add(before.getOrDefault(name, Set.of()).iterator());
        }
    }
}
