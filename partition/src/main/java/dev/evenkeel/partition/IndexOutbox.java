package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StoreBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The index changes of a group that are applied and not known to be carried yet, kept in every replica's store by LSN. So
 * whoever leads next can carry them, also a replica that came out of a snapshot and never saw the log they were in.
 *
 * <pre>
 * key   = 0:u32 F3 lsn:u64
 * value = version:u8 count indexChange…
 * </pre>
 */
final class IndexOutbox {
    private static final int VERSION = 1;

    /** No table has this id. */
    private static final int GROUP_WIDE = 0;

    /**
     * Up to so many entries are deleted one by one. A store on disk looks at every deleted range on every read, so a range
     * must be worth it; a trickle of writes would leave one behind each of them.
     */
    private static final int DELETED_SINGLY_MAX = 128;

    private final OrderedStore store;

    IndexOutbox(OrderedStore store) {
        this.store = store;
    }

    /** The changes of one log entry. */
    record Entry(long lsn, List<IndexChange> changes, int bytes) {}

    static void put(StoreBatch batch, long lsn, List<IndexChange> changes) {
        var out = new ByteWriter(128).u8(VERSION).unsigned(changes.size());
        changes.forEach(change -> change.write(out));
        batch.put(key(lsn), out.toBytes());
    }

    /** @param added LSNs that the batch itself puts here, which the store does not show yet */
    void deleteThrough(StoreBatch batch, long lsn, List<Long> added) {
        var keys = keysThrough(lsn);
        if (keys.size() > DELETED_SINGLY_MAX) {
            batch.deleteRange(key(0), key(lsn + 1));
        } else {
            keys.forEach(batch::delete);
        }
        for (long each : added) {
            if (each <= lsn) {
                batch.delete(key(each));
            }
        }
    }

    private List<byte[]> keysThrough(long lsn) {
        var keys = new ArrayList<byte[]>();
        try (var cursor = store.cursor(key(0), key(lsn + 1), Direction.FORWARD)) {
            while (keys.size() <= DELETED_SINGLY_MAX && cursor.next()) {
                keys.add(cursor.key());
            }
        }
        return keys;
    }

    /** The next entries behind an LSN, in order: at most so many, and no more once they have so many bytes. */
    List<Entry> after(long lsn, int entriesMax, long bytesMax) {
        var entries = new ArrayList<Entry>();
        long bytes = 0;
        try (var cursor = store.cursor(key(lsn + 1), end(), Direction.FORWARD)) {
            while (entries.size() < entriesMax && bytes < bytesMax && cursor.next()) {
                entries.add(new Entry(lsnOf(cursor.key()), decode(cursor.value()), cursor.value().length));
                bytes += cursor.value().length;
            }
        }
        return entries;
    }

    OptionalLong firstAfter(long lsn) {
        try (var cursor = store.cursor(key(lsn + 1), end(), Direction.FORWARD)) {
            return cursor.next() ? OptionalLong.of(lsnOf(cursor.key())) : OptionalLong.empty();
        }
    }

    private static List<IndexChange> decode(byte[] value) {
        var in = new ByteReader(value);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("index changes of version " + version + ", this release reads " + VERSION);
        }
        var changes = new ArrayList<IndexChange>();
        for (long i = in.unsigned(); i > 0; i--) {
            changes.add(IndexChange.read(in));
        }
        return changes;
    }

    private static byte[] key(long lsn) {
        var position = ByteBuffer.allocate(Long.BYTES).putLong(lsn);
        return StoreKey.of(GROUP_WIDE, StoreKey.INDEX_OUTBOX, position.array());
    }

    private static byte[] end() {
        return StoreKey.of(GROUP_WIDE, StoreKey.INDEX_OUTBOX + 1, new byte[0]);
    }

    private static long lsnOf(byte[] key) {
        return ByteBuffer.wrap(key).getLong(StoreKey.PREFIX_BYTES);
    }
}
