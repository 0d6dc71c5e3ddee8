package dev.evenkeel.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Children in key order. {@code borders[i]} stands before {@code children[i]}: keys from it on are in that child or a
 * later one, keys below it in an earlier one. {@code borders[0]} means nothing; it is there so that the two arrays are
 * cut and joined alike. {@code bytes} is the children's sum.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Inner(byte[][] borders, Node[] children, long bytes) implements Node {
    private static final byte[] NO_BORDER = {};

    static Inner root(Split split) {
        return of(new byte[][] {NO_BORDER, split.border()}, new Node[] {split.left(), split.right()});
    }

    static Inner of(byte[][] borders, Node[] children) {
        long bytes = 0;
        for (var child : children) {
            bytes += child.bytes();
        }
        return new Inner(borders, children, bytes);
    }

    @Override
    public int size() {
        return children.length;
    }

    /** The child where a key is, if it is anywhere. */
    int childOf(byte[] key) {
        int low = 1;
        int high = children.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(borders[middle], key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    @Override
    public Node put(byte[] key, byte[] value) {
        int at = childOf(key);
        var child = children[at].put(key, value);
        return child.size() > FANOUT_MAX ? withSplit(at, child.split()) : withChild(at, child);
    }

    private Inner withChild(int at, Node child) {
        var newChildren = children.clone();
        newChildren[at] = child;
        return new Inner(borders, newChildren, bytes - children[at].bytes() + child.bytes());
    }

    private Inner withSplit(int at, Split split) {
        var newBorders = new byte[borders.length + 1][];
        System.arraycopy(borders, 0, newBorders, 0, at + 1);
        newBorders[at + 1] = split.border();
        System.arraycopy(borders, at + 1, newBorders, at + 2, borders.length - at - 1);
        var newChildren = new Node[children.length + 1];
        System.arraycopy(children, 0, newChildren, 0, at);
        newChildren[at] = split.left();
        newChildren[at + 1] = split.right();
        System.arraycopy(children, at + 1, newChildren, at + 2, children.length - at - 1);
        return of(newBorders, newChildren);
    }

    /** Only the two children at the ends of the range are looked into; those between fall away unseen. */
    @Override
    public @Nullable Node without(byte[] from, byte[] to) {
        int first = childOf(from);
        int last = childOf(to);
        var left = children[first].without(from, to);
        var right = last == first ? null : children[last].without(from, to);
        if (last - first <= 1 && left == children[first] && (last == first || right == children[last])) {
            return this;
        }
        var newBorders = new byte[children.length][];
        var newChildren = new Node[children.length];
        int count = 0;
        for (int i = 0; i < children.length; i++) {
            var child = i == first ? left : i == last ? right : i < first || i > last ? children[i] : null;
            if (child != null) {
                newBorders[count] = borders[i];
                newChildren[count++] = child;
            }
        }
        if (count == 0) {
            return null;
        }
        var rest = of(Arrays.copyOf(newBorders, count), Arrays.copyOf(newChildren, count));
        return rest.refilled(Math.min(first + 1, count - 1)).refilled(Math.min(first, count - 1));
    }

    /** A child that has become small is joined with a neighbour, and the two split evenly when that is too much. */
    private Inner refilled(int at) {
        if (at >= children.length || children.length == 1 || children[at].size() >= FANOUT_MIN) {
            return this;
        }
        int left = at == 0 ? 0 : at - 1;
        var joined = children[left].join(borders[left + 1], children[left + 1]);
        var newBorders = new byte[borders.length - 1][];
        System.arraycopy(borders, 0, newBorders, 0, left + 1);
        System.arraycopy(borders, left + 2, newBorders, left + 1, borders.length - left - 2);
        var newChildren = new Node[children.length - 1];
        System.arraycopy(children, 0, newChildren, 0, left);
        newChildren[left] = joined;
        System.arraycopy(children, left + 2, newChildren, left + 1, children.length - left - 2);
        var merged = new Inner(newBorders, newChildren, bytes);
        return joined.size() > FANOUT_MAX ? merged.withSplit(left, joined.split()) : merged;
    }

    @Override
    public Split split() {
        int middle = children.length / 2;
        return new Split(part(0, middle), borders[middle], part(middle, children.length));
    }

    private Inner part(int low, int high) {
        return of(Arrays.copyOfRange(borders, low, high), Arrays.copyOfRange(children, low, high));
    }

    @Override
    public Node join(byte[] border, Node right) {
        var other = (Inner) right;
        var newBorders = Arrays.copyOf(borders, borders.length + other.borders.length);
        System.arraycopy(other.borders, 0, newBorders, borders.length, other.borders.length);
        newBorders[borders.length] = border;
        var newChildren = Arrays.copyOf(children, children.length + other.children.length);
        System.arraycopy(other.children, 0, newChildren, children.length, other.children.length);
        return new Inner(newBorders, newChildren, bytes + other.bytes);
    }

    @Override
    public long bytesIn(byte[] from, byte[] to) {
        int first = childOf(from);
        int last = childOf(to);
        if (first == last) {
            return children[first].bytesIn(from, to);
        }
        long sum = children[first].bytesIn(from, to) + children[last].bytesIn(from, to);
        for (int i = first + 1; i < last; i++) {
            sum += children[i].bytes();
        }
        return sum;
    }
}
