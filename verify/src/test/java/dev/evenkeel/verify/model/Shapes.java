package dev.evenkeel.verify.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables of every run: each key type once in each role, each kind of index and of projection. */
final class Shapes {
    private static final KeyPart S1 = new KeyPart("s1", "S");
    private static final KeyPart N1 = new KeyPart("n1", "N");
    private static final KeyPart B1 = new KeyPart("b1", "B");
    private static final KeyPart N2 = new KeyPart("n2", "N");

    private Shapes() {}

    static List<TableShape> all() {
        return List.of(partitionKeyOnly(), numberAndString(), binaryAndNumber(), stringAndBinary());
    }

    private static TableShape partitionKeyOnly() {
        var key = List.of(new KeyPart("pk", "S"));
        return new TableShape(
                "model-plain",
                key,
                List.of(
                        global("by-text", key, List.of(S1), List.of(), false, Set.of()),
                        global("by-number", key, List.of(N1), List.of(S1), true, Set.of())));
    }

    private static TableShape numberAndString() {
        var key = List.of(new KeyPart("pk", "N"), new KeyPart("sk", "S"));
        return new TableShape(
                "model-sorted",
                key,
                List.of(
                        local("local-all", key, N1, true, Set.of()),
                        local("local-keys", key, S1, false, Set.of()),
                        global("by-text", key, List.of(S1), List.of(key.get(1)), false, Set.of("n2", "map"))));
    }

    private static TableShape binaryAndNumber() {
        var key = List.of(new KeyPart("pk", "B"), new KeyPart("sk", "N"));
        return new TableShape(
                "model-binary",
                key,
                List.of(
                        local("local-some", key, B1, false, Set.of("s2", "list")),
                        global("by-four", key, List.of(S1, N1), List.of(B1, N2), true, Set.of())));
    }

    private static TableShape stringAndBinary() {
        return new TableShape("model-bare", List.of(new KeyPart("pk", "S"), new KeyPart("sk", "B")), List.of());
    }

    /** An index that the table of that name may get and lose while it is in use, on an attribute no other index has. */
    static Optional<IndexShape> late(TableShape table) {
        var late = List.of(new KeyPart("late", "S"));
        return switch (table.name()) {
            case "model-plain" -> Optional.of(global("late", table.key(), late, List.of(), false, Set.of()));
            case "model-sorted" ->
                Optional.of(
                        global("late", table.key(), late, List.of(table.key().get(1)), true, Set.of()));
            case "model-bare" -> Optional.of(global("late", table.key(), late, List.of(), false, Set.of("map", "n1")));
            default -> Optional.empty();
        };
    }

    private static IndexShape local(String name, List<KeyPart> key, KeyPart range, boolean all, Set<String> included) {
        return new IndexShape(name, false, List.of(key.getFirst()), List.of(range), key, all, included);
    }

    private static IndexShape global(
            String name,
            List<KeyPart> key,
            List<KeyPart> hash,
            List<KeyPart> range,
            boolean all,
            Set<String> included) {
        return new IndexShape(name, true, hash, range, key, all, included);
    }
}
