package dev.evenkeel.router.table;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogChange.DropIndex;
import dev.evenkeel.metadata.CatalogChange.DropTable;
import dev.evenkeel.metadata.CatalogChange.FinishTransition;
import dev.evenkeel.metadata.CatalogChange.Guarded;
import dev.evenkeel.metadata.CatalogChange.SetIndexStatus;
import dev.evenkeel.metadata.CatalogChange.SettleTimeToLive;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.ChangeStream;
import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.PartitionLifecycle;
import dev.evenkeel.metadata.StaleTableException;
import dev.evenkeel.metadata.StreamChange.EndStream;
import dev.evenkeel.metadata.StreamShard;
import dev.evenkeel.metadata.StreamStatus;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slow half of table operations, after the catalog has the intention and the client its answer.
 *
 * <pre>
 * table  CREATING → ACTIVE                open the partitions
 *        UPDATING → ACTIVE                put pending throughput in force, begin or end a stream
 *        DELETING → gone                  drop the partitions
 * expiry ENABLING → ENABLED, DISABLING → gone   see that every leader follows it
 * index  CREATING → backfilling → ACTIVE  open its partitions, feed it; fill it
 *        DELETING → gone                  drop its partitions
 * </pre>
 *
 * <p>Each step looks at the catalog as it is when it runs, does what the status asks for, and writes down that it is
 * done. So a step may run twice, or late, or after a restart: what is left to do is always read from the catalog, which
 * is what {@link #resume} does for all tables. A step that fails is tried again; until then the status tells the truth.
 */
final class Transitions {
    private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int STRIPES = 64;

    /** What a client is let wait for another node, which needs milliseconds unless something is wrong. */
    private static final Duration OTHER_MAX = Duration.ofSeconds(2);

    private final Catalog catalog;
    private final PartitionLifecycle partitions;
    private final Duration delay;
    private final Ticker ticker;
    private final TransitionScheduler scheduler;
    private final ReentrantLock[] steps = new ReentrantLock[STRIPES]; // one step of a table at a time

    /** The version of a table for which {@link #carryOnAll} last scheduled something. */
    private final Map<Integer, Long> scheduled = new HashMap<>();

    Transitions(
            Catalog catalog,
            PartitionLifecycle partitions,
            Duration delay,
            Ticker ticker,
            TransitionScheduler scheduler) {
        this.catalog = catalog;
        this.partitions = partitions;
        this.delay = delay;
        this.ticker = ticker;
        this.scheduler = scheduler;
        Arrays.setAll(steps, _ -> new ReentrantLock());
    }

    /** Carries on with that table after the delay; without a delay before this returns. */
    void carryOn(int tableId) {
        if (delay.isZero()) {
            attempt(tableId);
        } else {
            scheduler.schedule(delay, () -> attempt(tableId));
        }
    }

    /** Carries on with everything that was under way before a restart. */
    void resume() {
        for (var table : catalog.image().tables()) {
            var backfills = table.globalIndexes().stream()
                    .filter(GlobalIndex::backfilling)
                    .map(GlobalIndex::id)
                    .collect(Collectors.toSet());
            if (!backfills.isEmpty() || hasStep(table)) {
                scheduler.schedule(delay, () -> attempt(table.id(), backfills));
            }
        }
    }

    /**
     * Carries on, after the delay, with every table that has had a step to take since it last changed, but for backfills,
     * which are under way or resumed. For one thread.
     */
    void carryOnAll() {
        var waiting = new HashMap<Integer, Long>();
        catalog.image().tables().stream()
                .filter(Transitions::hasStep)
                .forEach(table -> waiting.put(table.id(), table.version()));
        scheduled.keySet().retainAll(waiting.keySet());
        waiting.forEach((tableId, version) -> {
            if (!version.equals(scheduled.put(tableId, version))) {
                scheduler.schedule(delay, () -> attempt(tableId));
            }
        });
    }

    private static boolean hasStep(Table table) {
        return table.status() != TableStatus.ACTIVE
                || isAnyUpdating(table)
                || isExpiryChanging(table)
                || table.globalIndexes().stream().anyMatch(GlobalIndex::holdsTable);
    }

    /** Without a delay, returns when the node that carries on has done so, or soon: the status tells. */
    void awaitOther(int tableId) {
        if (delay.isZero()) {
            catalog.await(
                    image -> image.tableById(tableId)
                            .filter(Transitions::hasStep)
                            .isEmpty(),
                    OTHER_MAX);
        }
    }

    private static boolean isAnyUpdating(Table table) {
        return table.globalIndexes().stream().anyMatch(index -> index.status() == IndexStatus.UPDATING);
    }

    private static boolean isExpiryChanging(Table table) {
        var timeToLive = table.timeToLive();
        return timeToLive != null && timeToLive.isChanging();
    }

    private void attempt(int tableId) {
        attempt(tableId, Set.of());
    }

    /** @param restarted indexes whose backfill ended with the process that did it */
    private void attempt(int tableId, Set<Integer> restarted) {
        var step = steps[tableId % STRIPES];
        step.lock();
        try {
            var table = catalog.image().tableById(tableId);
            if (table.isPresent()) {
                carryOn(table.get(), restarted);
            }
        } catch (RuntimeException failed) {
            tryAgain(tableId, restarted, failed);
        } finally {
            step.unlock();
        }
    }

    private void tryAgain(int tableId, Set<Integer> restarted, RuntimeException failed) {
        LOG.warn("table {}: a change of its state failed and is tried again in {}", tableId, RETRY_AFTER, failed);
        scheduler.schedule(RETRY_AFTER, () -> attempt(tableId, restarted));
    }

    private void carryOn(Table table, Set<Integer> restarted) {
        switch (table.status()) {
            case CREATING -> {
                partitions.open(table, allPartitions(table));
                propose(table, new FinishTransition(table.id(), ticker.now()));
            }
            case DELETING -> {
                partitions.drop(table, allPartitions(table));
                endStreams(table);
                propose(table, new DropTable(table.id()));
            }
            case ACTIVE, UPDATING -> {
                if (table.status() == TableStatus.UPDATING || isAnyUpdating(table)) {
                    followStream(table);
                    propose(table, new FinishTransition(table.id(), ticker.now()));
                }
                table.globalIndexes().forEach(index -> carryOn(table, index, restarted));
                followTimeToLive(table);
            }
        }
    }

    /**
     * It is ENABLED when all leaders keep the times of items, and DISABLED when none does any more. When that fails it is
     * tried again by itself: a backfill that has been restarted must not be so twice.
     */
    private void followTimeToLive(Table table) {
        var timeToLive = table.timeToLive();
        if (timeToLive == null || !timeToLive.isChanging()) {
            return;
        }
        try {
            partitions.followSchema(table, catalog.image().partitions(table.id()));
            propose(table, new SettleTimeToLive(table.id(), timeToLive));
        } catch (RuntimeException failed) {
            tryAgain(table.id(), Set.of(), failed);
        }
    }

    /** A stream begins or ends for all partitions before the table is ACTIVE again. */
    private void followStream(Table table) {
        boolean isChanging = streams(table)
                .anyMatch(stream ->
                        stream.status() == StreamStatus.ENABLING || stream.status() == StreamStatus.DISABLING);
        if (isChanging) {
            partitions.followSchema(table, catalog.image().partitions(table.id()));
            endStreams(table);
        }
    }

    /** Closes the shards of streams that get no more records. */
    private void endStreams(Table table) {
        streams(table)
                .filter(stream -> stream.status() == StreamStatus.DISABLING)
                .forEach(stream -> {
                    var groups = stream.shards().stream()
                            .filter(StreamShard::isOpen)
                            .map(StreamShard::groupId)
                            .collect(Collectors.toSet());
                    catalog.propose(new EndStream(stream.id(), partitions.marks(groups), ticker.now()));
                });
    }

    private Stream<ChangeStream> streams(Table table) {
        return catalog.image().streams().stream().filter(stream -> stream.tableId() == table.id());
    }

    private void carryOn(Table table, GlobalIndex index, Set<Integer> restarted) {
        if (index.status() == IndexStatus.DELETING) {
            partitions.dropIndex(table, index, catalog.image().partitions(index.id()));
            propose(table, new DropIndex(table.id(), index.name()), new FinishTransition(table.id(), ticker.now()));
        } else if (index.status() == IndexStatus.CREATING && !index.backfilling()) {
            partitions.openIndex(table, index, catalog.image().partitions(index.id()));
            propose(
                    table,
                    new SetIndexStatus(table.id(), index.name(), IndexStatus.CREATING, true),
                    new FinishTransition(table.id(), ticker.now()));
            backfill(table.id(), index.id());
        } else if (index.backfilling() && restarted.contains(index.id())) {
            backfill(table.id(), index.id());
        }
    }

    private void backfill(int tableId, int indexId) {
        index(catalog.image(), tableId, indexId).ifPresent(index -> {
            var table = catalog.image().tableById(tableId).orElseThrow();
            partitions.startBackfill(table, index, () -> finishBackfill(tableId, indexId));
        });
    }

    private void finishBackfill(int tableId, int indexId) {
        try {
            activate(tableId, indexId);
        } catch (RuntimeException failed) {
            LOG.warn("index {} of table {} is filled but not yet active, tried again", indexId, tableId, failed);
            scheduler.schedule(RETRY_AFTER, () -> finishBackfill(tableId, indexId));
        }
    }

    /** The index may be on its way out by now: then it stays so. */
    private void activate(int tableId, int indexId) {
        while (true) {
            var image = catalog.image();
            var index = index(image, tableId, indexId);
            if (index.isEmpty() || !index.get().backfilling()) {
                return;
            }
            var done = new SetIndexStatus(tableId, index.get().name(), IndexStatus.ACTIVE, false);
            try {
                catalog.propose(new Guarded(
                        tableId, image.tableById(tableId).orElseThrow().version(), List.of(done)));
                return;
            } catch (StaleTableException _) {
                // the table has changed in between: look again
            }
        }
    }

    private static Optional<GlobalIndex> index(CatalogImage image, int tableId, int indexId) {
        return image.tableById(tableId)
                .flatMap(table -> table.globalIndexes().stream()
                        .filter(index -> index.id() == indexId)
                        .findFirst());
    }

    private void propose(Table table, TableChange... changes) {
        if (catalog.image().tableById(table.id()).isPresent()) {
            catalog.propose(new Guarded(table.id(), Guarded.ANY_VERSION, List.of(changes)));
        }
    }

    private List<PartitionDescriptor> allPartitions(Table table) {
        var image = catalog.image();
        var all = new ArrayList<>(image.partitions(table.id()));
        table.globalIndexes().forEach(index -> all.addAll(image.partitions(index.id())));
        return all;
    }
}
