package dev.evenkeel.metadata;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from int ids. A lookup is a binary search over an int array and, unlike one in a map of boxed keys,
 * allocates nothing; a change copies two arrays.
 */
final class IdMap<V> {
    private final int[] ids; // ascending
    private final Object[] values; // values[i] belongs to ids[i]

    private IdMap(int[] ids, Object[] values) {
        this.ids = ids;
        this.values = values;
    }

    static <V> IdMap<V> empty() {
        return new IdMap<>(new int[0], new Object[0]);
    }

    @SuppressWarnings("unchecked") // only V gets in
    @Nullable
    V get(int id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 ? null : (V) values[at];
    }

    IdMap<V> with(int id, V value) {
        int at = Arrays.binarySearch(ids, id);
        if (at >= 0) {
            var replaced = values.clone();
            replaced[at] = value;
            return new IdMap<>(ids, replaced);
        }
        int insertion = -at - 1;
        var nextIds = new int[ids.length + 1];
        var nextValues = new Object[ids.length + 1];
        System.arraycopy(ids, 0, nextIds, 0, insertion);
        System.arraycopy(values, 0, nextValues, 0, insertion);
        nextIds[insertion] = id;
        nextValues[insertion] = value;
        System.arraycopy(ids, insertion, nextIds, insertion + 1, ids.length - insertion);
        System.arraycopy(values, insertion, nextValues, insertion + 1, ids.length - insertion);
        return new IdMap<>(nextIds, nextValues);
    }

    IdMap<V> without(int id) {
        int at = Arrays.binarySearch(ids, id);
        if (at < 0) {
            return this;
        }
        var nextIds = new int[ids.length - 1];
        var nextValues = new Object[ids.length - 1];
        System.arraycopy(ids, 0, nextIds, 0, at);
        System.arraycopy(values, 0, nextValues, 0, at);
        System.arraycopy(ids, at + 1, nextIds, at, nextIds.length - at);
        System.arraycopy(values, at + 1, nextValues, at, nextIds.length - at);
        return new IdMap<>(nextIds, nextValues);
    }

    /** In the order of their ids. */
    @SuppressWarnings("unchecked") // only V gets in
    List<V> values() {
        return (List<V>) List.of(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdMap<?> that && Arrays.equals(ids, that.ids) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(values);
    }
}
