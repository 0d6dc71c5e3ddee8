package dev.evenkeel.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree that nobody changes. {@code path[d]} is the inner node at depth d of the way to the current leaf and
 * {@code steps[d]} the child taken there.
 */
final class TreeCursor implements Cursor {
    private final byte[] from;
    private final byte[] to;
    private final Direction direction;
    private final Inner[] path;
    private final int[] steps;
    private @Nullable Node unvisited;
    private Leaf leaf = Leaf.EMPTY;
    private int at;
    private boolean onEntry;

    TreeCursor(Node root, byte[] from, byte[] to, Direction direction) {
        this.from = from;
        this.to = to;
        this.direction = direction;
        this.unvisited = root;
        int depth = depth(root);
        this.path = new Inner[depth];
        this.steps = new int[depth];
    }

    private static int depth(Node root) {
        int depth = 0;
        for (var node = root; node instanceof Inner inner; node = inner.children()[0]) {
            depth++;
        }
        return depth;
    }

    @Override
    public boolean next() {
        onEntry = direction == Direction.FORWARD ? forward() : backward();
        if (!onEntry) {
            close();
        }
        return onEntry;
    }

    private boolean forward() {
        if (unvisited == null) {
            at++;
        } else {
            seek(unvisited, from);
            at = leaf.lowerBound(from);
            unvisited = null;
        }
        return (at < leaf.size() || turn(1)) && Arrays.compareUnsigned(leaf.keys()[at], to) < 0;
    }

    private boolean backward() {
        if (unvisited == null) {
            at--;
        } else {
            seek(unvisited, to);
            at = leaf.lowerBound(to) - 1;
            unvisited = null;
        }
        return (at >= 0 && at < leaf.size() || turn(-1)) && Arrays.compareUnsigned(leaf.keys()[at], from) >= 0;
    }

    private void seek(Node root, byte[] key) {
        var node = root;
        for (int depth = 0; node instanceof Inner inner; depth++) {
            path[depth] = inner;
            steps[depth] = inner.childOf(key);
            node = inner.children()[steps[depth]];
        }
        leaf = (Leaf) node;
    }

    /** To the first entry of the next leaf, or the last entry of the one before; false when there is no such leaf. */
    private boolean turn(int step) {
        int depth = path.length - 1;
        while (depth >= 0 && !hasChild(path[depth], steps[depth] + step)) {
            depth--;
        }
        if (depth < 0) {
            return false;
        }
        steps[depth] += step;
        var node = path[depth].children()[steps[depth]];
        while (node instanceof Inner inner) {
            depth++;
            path[depth] = inner;
            steps[depth] = step > 0 ? 0 : inner.size() - 1;
            node = inner.children()[steps[depth]];
        }
        leaf = (Leaf) node;
        at = step > 0 ? 0 : leaf.size() - 1;
        return true;
    }

    private static boolean hasChild(Inner inner, int index) {
        return index >= 0 && index < inner.size();
    }

    @Override
    public byte[] key() {
        checkOnEntry();
        return leaf.keys()[at];
    }

    @Override
    public byte[] value() {
        checkOnEntry();
        return leaf.values()[at];
    }

    private void checkOnEntry() {
        if (!onEntry) {
            throw new IllegalStateException("the cursor is not on an entry");
        }
    }

    /** Lets go of the snapshot; {@link #next} is false from now on. */
    @Override
    public void close() {
        onEntry = false;
        unvisited = null;
        leaf = Leaf.EMPTY;
        at = 0;
        Arrays.fill(steps, 0);
        Arrays.fill(path, EMPTY_INNER);
    }

    private static final Inner EMPTY_INNER = new Inner(new byte[0][], new Node[0], 0);
}
