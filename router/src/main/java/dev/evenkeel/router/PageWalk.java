package dev.evenkeel.router;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.RangePage;
import dev.evenkeel.partition.RangeRead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a Query or Scan: partition after partition, in the order of their positions or backwards, until the page
 * has its items or its megabyte, or the range ends. Where one partition ends and the next begins does not show.
 */
final class PageWalk {
    /** Bytes of evaluated entries with which a page ends (Developer Guide, "Paginating table query results"). */
    static final long PAGE_BYTES_MAX = 1L << 20;

    private final ReadTarget target;
    private final Options options;

    private final List<Item> items = new ArrayList<>();
    private int scanned;
    private int matched;
    private long bytes;
    private double fetchedUnits;
    private @Nullable Item lastEntry;
    private boolean full;

    private PageWalk(ReadTarget target, Options options) {
        this.target = target;
        this.options = options;
    }

    /**
     * @param limit entries to evaluate at most, at least 1
     * @param fetchItems whether entries of a local index stand for their items
     */
    record Options(
            boolean forward,
            int limit,
            boolean consistent,
            @Nullable Condition filter,
            boolean fetchItems,
            boolean keepItems) {

        static Options of(
                RangeParameters parameters,
                boolean forward,
                @Nullable Condition filter,
                Selection selection,
                ReadTarget target) {
            var limit = parameters.limit();
            return new Options(
                    forward,
                    limit == null ? Integer.MAX_VALUE : limit,
                    parameters.consistent(),
                    filter,
                    selection.needsItems(target),
                    !selection.countsOnly());
        }
    }

    /**
     * @param bytes of the entries evaluated
     * @param fetchedUnits read units of items behind local index entries
     * @param lastEntry where the next page must start, or null when there is nothing more
     */
    record Page(
            List<Item> items,
            int scanned,
            int matched,
            long bytes,
            double fetchedUnits,
            @Nullable Item lastEntry) {}

    static Page read(ReadTarget target, KeyRange range, Options options) {
        var walk = new PageWalk(target, options);
        if (options.forward()) {
            walk.up(range);
        } else {
            walk.down(range);
        }
        return walk.page();
    }

    private void up(KeyRange range) {
        byte[] next = range.from();
        while (next != null && range.contains(next) && !full) {
            var partition = target.partitionOf(next);
            take(partition, range);
            next = partition.to();
        }
    }

    /** Only a Query goes this way; one item collection lies in few partitions, nearly always in one. */
    private void down(KeyRange range) {
        var partitions = new ArrayList<PartitionDescriptor>(1);
        byte[] next = range.from();
        while (next != null && range.contains(next)) {
            var partition = target.partitionOf(next);
            partitions.add(partition);
            next = partition.to();
        }
        for (int i = partitions.size() - 1; i >= 0 && !full; i--) {
            take(partitions.get(i), range);
        }
    }

    private void take(PartitionDescriptor partition, KeyRange range) {
        var replica = target.route().directory().replica(partition);
        take(replica.read(read(range.within(partition))));
    }

    private RangeRead read(KeyRange part) {
        return new RangeRead(
                target.space(),
                part.from(),
                part.to(),
                options.forward(),
                options.filter(),
                options.limit() - scanned,
                PAGE_BYTES_MAX - bytes,
                options.consistent(),
                options.fetchItems(),
                options.keepItems());
    }

    private void take(RangePage page) {
        items.addAll(page.items());
        scanned += page.scannedCount();
        matched += page.matchedCount();
        bytes += page.bytesRead();
        fetchedUnits += page.fetchedUnits();
        lastEntry = page.lastEntry() == null ? lastEntry : page.lastEntry();
        // DynamoDB hands out a key to go on from when a page is full, also when nothing follows.
        full = page.full() || scanned >= options.limit() || bytes >= PAGE_BYTES_MAX;
    }

    private Page page() {
        return new Page(items, scanned, matched, bytes, fetchedUnits, full ? lastEntry : null);
    }
}
