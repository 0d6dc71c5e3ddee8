package dev.evenkeel.router;

import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page as Query and Scan answer it. */
record RangeAnswer(
        @Nullable List<Item> items,
        int count,
        int scannedCount,
        @Nullable Item lastEvaluatedKey,
        @Nullable ConsumedCapacity consumedCapacity) {

    static RangeAnswer of(PageWalk.Page page, ReadTarget target, Selection selection, RangeParameters parameters) {
        var last = page.lastEntry();
        return new RangeAnswer(
                selection.countsOnly() ? null : projected(page.items(), selection),
                page.matched(),
                page.scanned(),
                last == null ? null : last.only(target.startKeyNames()),
                consumed(page, target, parameters));
    }

    private static List<Item> projected(List<Item> items, Selection selection) {
        var projection = selection.projection();
        if (projection == null) {
            return items;
        }
        var projected = new ArrayList<Item>(items.size());
        items.forEach(item -> projected.add(projection.project(item)));
        return projected;
    }

    private static @Nullable ConsumedCapacity consumed(
            PageWalk.Page page, ReadTarget target, RangeParameters parameters) {
        var mode = parameters.returnConsumedCapacity();
        if (!CapacityTally.isWanted(mode)) {
            return null;
        }
        var tally = new CapacityTally();
        charge(tally, page, target, parameters.consistent());
        return tally.report(mode, target.route().calledAs());
    }

    /** Entries are added up before they are rounded; items fetched behind a local index are rounded each and the table's. */
    static void charge(CapacityTally tally, PageWalk.Page page, ReadTarget target, boolean consistent) {
        var units = CapacityUnits.forRead(page.bytes(), consistent);
        var index = target.index();
        tally.add(page.fetchedUnits());
        if (index == null) {
            tally.add(units);
        } else {
            tally.add(index, units);
        }
    }
}
