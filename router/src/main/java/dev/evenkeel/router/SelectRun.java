package dev.evenkeel.router;

import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a SELECT. Not for more than one thread. */
final class SelectRun {
    /** Items and keys on a page when the statement gives several keys (Developer Guide, "PartiQL operators", IN). */
    private static final int SEVERAL_KEYS_PAGE_MAX = 10;

    private final SelectPlan plan;
    private final StatementRequest request;
    private final List<KeyRange> ranges;
    private final boolean several;

    private final List<Item> items = new ArrayList<>();
    private final CapacityTally tally = new CapacityTally();
    private int evaluated;
    private int lookups;
    private long bytes;

    SelectRun(SelectPlan plan, StatementRequest request) {
        this.plan = plan;
        this.request = request;
        this.ranges = plan.ranges();
        this.several = ranges.size() > 1;
    }

    StatementAnswer answer() {
        var start = request.nextToken() == null
                ? StatementToken.START
                : StatementToken.decode(request.nextToken(), request, plan.target(), ranges.size());
        var next = read(start);
        return new StatementAnswer(
                projected(),
                next == null ? null : next.encode(request),
                next == null ? null : next.startKey(),
                CapacityTally.isWanted(request.capacityMode())
                        ? tally.report(request.capacityMode(), plan.calledAs())
                        : null);
    }

    /** Where the next page begins, or null when nothing follows. */
    private @Nullable StatementToken read(StatementToken start) {
        var startKey = start.startKey();
        for (int i = start.lookup(); i < ranges.size(); i++) {
            if (isFull()) {
                return new StatementToken(i, null);
            }
            var wholeKey = plan.wholeKey(i);
            var stoppedAt = wholeKey == null ? walk(ranges.get(i), startKey) : get(wholeKey);
            lookups++;
            startKey = null;
            if (stoppedAt != null) {
                return new StatementToken(i, stoppedAt);
            }
        }
        return null;
    }

    private boolean isFull() {
        return evaluated >= limit()
                || bytes >= PageWalk.PAGE_BYTES_MAX
                || (several && lookups >= SEVERAL_KEYS_PAGE_MAX);
    }

    private int limit() {
        return several ? Math.min(request.limit(), SEVERAL_KEYS_PAGE_MAX) : request.limit();
    }

    private @Nullable Item get(KeyCondition key) {
        var position = KeyEncoding.position(key.partitionKey(), key.sortEquals());
        var item = plan.target().route().replica(position).get(position, request.consistent());
        int size = item == null ? 0 : item.sizeBytes();
        tally.add(CapacityUnits.forRead(size, request.consistent()));
        evaluated++;
        bytes += size;
        var filter = plan.filter();
        if (item != null && (filter == null || filter.matches(item))) {
            items.add(item);
        }
        return null;
    }

    /** The key to go on from, or null when the range is done. */
    private @Nullable Item walk(KeyRange range, @Nullable Item startKey) {
        var target = plan.target();
        var page = PageWalk.read(
                target,
                startKey == null ? range : from(range, startKey),
                new PageWalk.Options(
                        plan.forward(),
                        limit() - evaluated,
                        request.consistent(),
                        plan.filter(),
                        plan.selection().needsItems(target),
                        true));
        RangeAnswer.charge(tally, page, target, request.consistent());
        items.addAll(page.items());
        evaluated += page.scanned();
        bytes += page.bytes();
        var last = page.lastEntry();
        return last == null ? null : last.only(target.startKeyNames());
    }

    private KeyRange from(KeyRange range, Item startKey) {
        var position = plan.target().positionOf(startKey);
        if (!range.contains(position)) {
            throw StatementToken.invalid();
        }
        return plan.forward() ? range.after(position) : range.before(position);
    }

    private List<Item> projected() {
        DocumentProjection projection = plan.selection().projection();
        return projection == null
                ? items
                : items.stream().map(projection::project).toList();
    }
}
