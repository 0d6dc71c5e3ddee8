package dev.evenkeel.partition.expiry;

import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StoreBatch;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Which item's time comes when, in the store of one replica: as of what it has applied. */
public final class ExpiryStore {
    private final OrderedStore store;

    public ExpiryStore(OrderedStore store) {
        this.store = store;
    }

    /**
     * The first rows of a stretch of seconds.
     *
     * @param from the first second
     * @param to the first second behind it
     */
    public DueRows due(ExpiryKey key, long setting, long from, long to, int rowsMax) {
        var rows = new ArrayList<ExpiryRow>();
        var start = key.from(setting, from);
        try (var cursor = store.cursor(start, key.settingsBefore(setting + 1), Direction.FORWARD)) {
            while (cursor.next()) {
                long second = ExpiryKey.secondOf(cursor.key());
                if (second >= to || rows.size() == rowsMax) {
                    return new DueRows(rows, second);
                }
                rows.add(ExpiryKey.rowOf(cursor.key()));
            }
        }
        return new DueRows(rows, Long.MAX_VALUE);
    }

    /** Whether there are rows of settings before that one. */
    public boolean hasBefore(ExpiryKey key, long setting) {
        try (var cursor = store.cursor(key.start(), key.settingsBefore(setting), Direction.FORWARD)) {
            return cursor.next();
        }
    }

    /** How far the partition is filled; null when nobody has begun. */
    public @Nullable ExpiryMark mark(ExpiryKey key) {
        var mark = store.get(key.mark());
        return mark == null ? null : ExpiryMark.decode(mark);
    }

    /** Takes the rows of all settings before that one away; with {@link ExpiryKey#ALL_SETTINGS} the mark, too. */
    public static void forget(StoreBatch batch, ExpiryKey key, long setting) {
        batch.deleteRange(key.start(), key.settingsBefore(setting));
        if (setting == ExpiryKey.ALL_SETTINGS) {
            batch.delete(key.mark());
        }
    }
}
