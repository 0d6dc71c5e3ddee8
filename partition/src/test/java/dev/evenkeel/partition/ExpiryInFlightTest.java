package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings change while a write is on its way through the log, and the store does not show it yet. */
class ExpiryInFlightTest {
    private static final long PARTITION = 10;
    private static final TableSchema PLAIN = Cluster.WITHOUT_GLOBAL;
    private static final TableSchema EXPIRING = PLAIN.withExpiry(new ExpirySchema(3, "until"));

    private final MemoryStore store = new MemoryStore();
    private final PartitionStateMachine machine = new PartitionStateMachine(store);
    private final LateGroup group = new LateGroup(machine);
    private final PartitionHost host = new PartitionHost(
            group,
            store,
            machine,
            (_, _) -> Optional.empty(),
            PropagationSettings.DEFAULT,
            new StandingClock(),
            new StandingClock(),
            null);
    private final List<Thread> writers = new ArrayList<>();

    private record StandingClock() implements Ticker {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    }

    /** Entries are applied when the test waits for one, which takes all before it along, and not when others do. */
    private static final class LateGroup implements ReplicationGroup {
        private final PartitionStateMachine machine;
        private final Thread test = Thread.currentThread();
        private final CountDownLatch end = new CountDownLatch(1);
        private final List<LogEntry> late = new ArrayList<>();
        private long lastLsn;
        CountDownLatch proposed = new CountDownLatch(1);

        LateGroup(PartitionStateMachine machine) {
            this.machine = machine;
        }

        @Override
        public int id() {
            return 1;
        }

        @Override
        public long term() {
            return 1;
        }

        @Override
        public synchronized Proposal propose(byte[] entry, long term) {
            long lsn = ++lastLsn;
            late.add(new LogEntry(lsn, entry));
            proposed.countDown();
            return new Proposal() {
                @Override
                public long lsn() {
                    return lsn;
                }

                @Override
                public void await() {
                    if (Thread.currentThread() == test) {
                        applyThrough(lsn);
                    } else {
                        awaitEnd();
                    }
                }
            };
        }

        synchronized void applyThrough(long lsn) {
            while (!late.isEmpty() && late.getFirst().lsn() <= lsn) {
                machine.apply(List.of(late.removeFirst()));
            }
        }

        private void awaitEnd() {
            try {
                end.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void readBarrier() {}

        @Override
        public long appliedLsn() {
            return machine.appliedLsn();
        }

        @Override
        public LogTail tail(long afterLsn) {
            throw new UnsupportedOperationException();
        }

        @Override
        public LogTail tail() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            applyThrough(Long.MAX_VALUE);
            end.countDown();
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        group.close();
        for (var writer : writers) {
            writer.join();
        }
        host.close();
        store.close();
    }

    private void open(TableSchema schema) {
        host.open(PARTITION, schema, new byte[0], null);
        host.lead();
    }

    private void put(long until) {
        Item item = Cluster.key("id", 1).with(Map.of("until", AttributeValue.of(until)));
        var unused = host.replica(PARTITION)
                .orElseThrow()
                .write(new ItemWrite.Put(Keys.position(item, Cluster.KEY), item, null, false));
    }

    /** Returns when it has its place in the log. */
    private void putInFlight(long until) throws InterruptedException {
        group.proposed = new CountDownLatch(1);
        writers.add(Thread.ofVirtual().start(() -> put(until)));
        group.proposed.await();
    }

    private void replaceSchema(TableSchema next) {
        host.replaceSchema(List.of(PARTITION), next);
    }

    private void settle() {
        for (int i = 0; i < 5; i++) {
            host.expiryPass();
        }
        group.applyThrough(Long.MAX_VALUE);
    }

    private List<Long> times() {
        var times = new ArrayList<Long>();
        var from = StoreKey.of(Cluster.TABLE, StoreKey.EXPIRY, new byte[0]);
        var to = StoreKey.of(Cluster.TABLE, StoreKey.EXPIRY + 1, new byte[0]);
        try (var cursor = store.cursor(from, to, Direction.FORWARD)) {
            while (cursor.next()) {
                times.add(ExpiryKey.secondOf(cursor.key()));
            }
        }
        return times;
    }

    @Test
    void anItemWrittenJustBeforeItIsSwitchedOnIsFound() throws InterruptedException {
        open(PLAIN);
        putInFlight(10);
        replaceSchema(EXPIRING);
        settle();
        assertThat(times()).containsExactly(10L);
    }

    @Test
    void anItemWrittenWhileItemsAreGoneThroughHasItsNewTimeOnly() throws InterruptedException {
        open(PLAIN);
        put(10);
        replaceSchema(EXPIRING);
        host.expiryPass(); // begun
        putInFlight(20);
        settle();
        assertThat(times()).containsExactly(20L);
    }

    @Test
    void anItemWrittenJustBeforeItIsSwitchedOffLeavesNothing() throws InterruptedException {
        open(EXPIRING);
        putInFlight(10);
        replaceSchema(PLAIN);
        settle();
        assertThat(times()).isEmpty();
    }
}
