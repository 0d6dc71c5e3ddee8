package dev.evenkeel.partition;

import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads ranges of a partition out of its replica's store. */
final class PartitionReader {
    /** A long scan lets others run after that many entries: its own latency is already long, theirs is not. */
    private static final int ENTRIES_PER_TURN = 128;

    private final OrderedStore store;
    private final KeyRange range;

    PartitionReader(OrderedStore store, KeyRange range) {
        this.store = store;
        this.range = range;
    }

    RangePage read(TableSchema schema, RangeRead read) {
        var page = new Page(schema, read);
        var wanted = range.intersect(read.from(), read.to());
        if (wanted.isEmpty()) {
            return page.toRangePage();
        }
        var from = StoreKey.of(schema.id(), read.space(), wanted.from());
        var to = wanted.to() == null
                ? StoreKey.of(schema.id(), read.space() + 1, new byte[0])
                : StoreKey.of(schema.id(), read.space(), wanted.to());
        try (var cursor = store.cursor(from, to, read.forward() ? Direction.FORWARD : Direction.BACKWARD)) {
            while (!page.full && cursor.next()) {
                page.add(Item.wrap(cursor.value()));
                if (page.scanned % ENTRIES_PER_TURN == 0) {
                    Thread.yield();
                }
            }
        }
        return page.toRangePage();
    }

    /** Up to so many positions of items from {@code from} on, for a walk over the whole partition. */
    List<byte[]> positions(TableSchema schema, byte[] from, int most) {
        var wanted = range.intersect(from, null);
        var to = wanted.to() == null
                ? StoreKey.of(schema.id(), StoreKey.ITEMS + 1, new byte[0])
                : StoreKey.of(schema.id(), StoreKey.ITEMS, wanted.to());
        var positions = new ArrayList<byte[]>();
        var start = StoreKey.of(schema.id(), StoreKey.ITEMS, wanted.from());
        try (var cursor = store.cursor(start, to, Direction.FORWARD)) {
            while (positions.size() < most && cursor.next()) {
                positions.add(StoreKey.position(cursor.key()));
            }
        }
        return positions;
    }

    /** What has been read so far. */
    private final class Page {
        final TableSchema schema;
        final RangeRead read;
        final List<Item> items = new ArrayList<>();
        int scanned;
        int matched;
        long bytes;
        double fetchedUnits;

        @Nullable
        Item last;

        boolean full;

        Page(TableSchema schema, RangeRead read) {
            this.schema = schema;
            this.read = read;
        }

        void add(Item entry) {
            scanned++;
            bytes += entry.sizeBytes();
            last = entry;
            full = scanned >= read.itemsMax() || bytes >= read.bytesMax();
            var item = read.fetchItems() ? fetch(entry) : entry;
            if (item != null
                    && (read.filter() == null
                            || Objects.requireNonNull(read.filter()).matches(item))) {
                matched++;
                if (read.keepItems()) {
                    items.add(item);
                }
            }
        }

        /** The item behind a local index entry; it lies in the same partition. Null when it has just been deleted. */
        private @Nullable Item fetch(Item entry) {
            var position = Keys.position(entry, schema.key());
            var stored = store.get(StoreKey.of(schema.id(), StoreKey.ITEMS, position));
            if (stored == null) {
                return null;
            }
            var item = Item.wrap(stored);
            fetchedUnits += CapacityUnits.forRead(item.sizeBytes(), read.consistent());
            return item;
        }

        RangePage toRangePage() {
            return new RangePage(items, scanned, matched, bytes, fetchedUnits, last, full);
        }
    }
}
