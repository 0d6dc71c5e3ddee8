package dev.evenkeel.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds a tree from entries that come in key order, each node once and all of them three quarters full. */
final class TreeBuilder {
    private static final int FILL = Node.FANOUT_MAX * 3 / 4; // room for puts to come

    /** {@code nodes.get(i)} begins at {@code borders.get(i)}. */
    private record Level(List<byte[]> borders, List<Node> nodes) {
        Level() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(byte[] border, Node node) {
            borders.add(border);
            nodes.add(node);
        }

        Level above() {
            var above = new Level();
            for (int low = 0; low < nodes.size(); low += FILL) {
                int high = Math.min(low + FILL, nodes.size());
                var children = nodes.subList(low, high).toArray(new Node[0]);
                above.add(borders.get(low), Inner.of(borders.subList(low, high).toArray(new byte[0][]), children));
            }
            return above;
        }
    }

    private final Level leaves = new Level();
    private final byte[][] keys = new byte[FILL][];
    private final byte[][] values = new byte[FILL][];
    private int size;
    private long bytes;

    /** The key must lie above all before it. */
    void add(byte[] key, byte[] value) {
        if (size == FILL) {
            endLeaf();
        }
        keys[size] = key;
        values[size++] = value;
        bytes += key.length + value.length;
    }

    private void endLeaf() {
        leaves.add(keys[0], new Leaf(Arrays.copyOf(keys, size), Arrays.copyOf(values, size), bytes));
        size = 0;
        bytes = 0;
    }

    Node root() {
        if (size > 0) {
            endLeaf();
        }
        var level = leaves;
        while (level.nodes().size() > 1) {
            level = level.above();
        }
        return level.nodes().isEmpty() ? Leaf.EMPTY : level.nodes().getFirst();
    }
}
