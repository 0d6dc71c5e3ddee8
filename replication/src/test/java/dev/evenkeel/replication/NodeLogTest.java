package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Restart, space and failures of the log on disk. */
@Timeout(60)
class NodeLogTest {
    private static final NodeLogSettings SMALL = new NodeLogSettings(1000, 1 << 20, 1 << 20, 500);

    private final SettableTicker ticker = new SettableTicker();
    private final FaultyLogFiles disk = new FaultyLogFiles(1);

    private NodeLog open() {
        return NodeLog.open(disk, SMALL, ticker);
    }

    private static void propose(ReplicationGroup group, int count) {
        for (int i = 0; i < count; i++) {
            group.propose(payload("group " + group.id() + " entry " + i + ".".repeat(80)))
                    .await();
        }
    }

    @Test
    void replayBeginsBehindTheStore() {
        var first = new RecordingMachine();
        var second = new RecordingMachine();
        try (var log = open();
                var one = SoloGroup.open(1, log, first);
                var two = SoloGroup.open(2, log, second)) {
            propose(one, 40);
            propose(two, 30);
            first.persistOnly(25);
        }
        var restarted = first.afterCrash(new Random(1));
        var fresh = new RecordingMachine();
        long survived = restarted.appliedLsn();
        assertThat(survived).isGreaterThanOrEqualTo(25);
        try (var log = open();
                var one = SoloGroup.open(1, log, restarted);
                var two = SoloGroup.open(2, log, fresh)) {
            assertThat(restarted.texts()).isEqualTo(first.texts());
            assertThat(fresh.texts()).isEqualTo(second.texts());
            assertThat(one.propose(payload("x")).lsn()).isEqualTo(41);
            assertThat(two.propose(payload("y")).lsn()).isEqualTo(31);
        }
    }

    @Test
    void aStoreThatDoesNotFitItsLogIsRefused() {
        var machine = new RecordingMachine();
        try (var log = open();
                var group = SoloGroup.open(1, log, machine)) {
            propose(group, 60);
            machine.persist();
            log.reclaim();
            propose(group, 5);
        }
        try (var log = open()) {
            assertThatExceptionOfType(LogTruncatedException.class)
                    .isThrownBy(() -> SoloGroup.open(1, log, new RecordingMachine()))
                    .withMessageMatching("group 1: the store is at LSN 0, but the log begins at \\d+");
            propose(SoloGroup.open(2, new MemoryLog(), machine), 1);
            assertThatExceptionOfType(LogTruncatedException.class)
                    .isThrownBy(() -> SoloGroup.open(1, log, machine))
                    .withMessage("group 1: the store is at LSN 66, but the log ends at 65");
        }
    }

    @Test
    void oneFlushServesWhatGatheredMeanwhile() throws InterruptedException {
        var machine = new RecordingMachine();
        try (var log = NodeLog.open(disk, NodeLogSettings.DEFAULT, ticker);
                var group = SoloGroup.open(1, log, machine)) {
            int before = disk.syncs();
            var proposals = new ArrayList<Proposal>();
            synchronized (machine) { // the writer is kept in its first batch
                proposals.add(group.propose(payload("first")));
                Waiting.until(() -> disk.syncs() > before);
                for (int i = 0; i < 500; i++) {
                    proposals.add(group.propose(payload("entry" + i)));
                }
            }
            proposals.forEach(Proposal::await);
            assertThat(disk.syncs() - before).isEqualTo(2);
            assertThat(machine.applyCalls()).isEqualTo(2);
        }
    }

    @Test
    void spaceComesBackWhenAllHavePersisted() {
        var first = new RecordingMachine();
        var second = new RecordingMachine();
        try (var log = open();
                var one = SoloGroup.open(1, log, first);
                var two = SoloGroup.open(2, log, second)) {
            propose(one, 10);
            propose(two, 10);
            propose(one, 10);
            first.persist();
            long before = log.bytes();
            log.reclaim();
            assertThat(log.bytes()).isLessThan(before).isGreaterThan(1000); // group 2 holds the rest up
            second.persist();
            log.reclaim();
            assertThat(log.bytes()).isLessThan(1500);
        }
    }

    @Test
    void aLogThatGrowsTooLargeHasItsMachinesPersist() {
        var machine = new RecordingMachine();
        var tight = new NodeLogSettings(1000, 4000, 1 << 20, 500);
        try (var log = NodeLog.open(disk, tight, ticker);
                var group = SoloGroup.open(1, log, machine)) {
            propose(group, 1000);
            assertThat(machine.persistCalls()).isGreaterThan(10);
            assertThat(log.bytes()).isLessThan(8000);
        }
    }

    @Test
    void whatATailOrAMachineNeedsIsKept() {
        var machine = new RecordingMachine();
        try (var log = open();
                var group = SoloGroup.open(1, log, machine);
                var tail = group.tail(0)) {
            propose(group, 100);
            machine.persist();
            log.reclaim();
            var seen = new ArrayList<String>();
            while (seen.size() < 60) {
                seen.addAll(ReplicationGroupContract.texts(tail.next(9)));
            }
            machine.needAfter(40);
            tail.close();
            log.reclaim();
            try (var again = group.tail(40)) {
                assertThat(ReplicationGroupContract.texts(again.next(1000)))
                        .isEqualTo(machine.texts().subList(40, 100));
            }
            assertThat(seen).isEqualTo(machine.texts().subList(0, seen.size()));
            machine.needAfter(Long.MAX_VALUE);
            log.reclaim();
            assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(() -> group.tail(40));
            group.tail(100).close();
        }
    }

    @Test
    void aGroupThatIsNotOpenKeepsItsEntries() {
        var first = new RecordingMachine();
        var second = new RecordingMachine();
        try (var log = open();
                var one = SoloGroup.open(1, log, first);
                var two = SoloGroup.open(2, log, second)) {
            propose(two, 5);
            propose(one, 50);
        }
        try (var log = open();
                var one = SoloGroup.open(1, log, first)) {
            first.persist();
            log.reclaim();
            var restarted = new RecordingMachine();
            SoloGroup.open(2, log, restarted).close();
            assertThat(restarted.texts()).isEqualTo(second.texts());
            assertThat(one.appliedLsn()).isEqualTo(50);
        }
    }

    @Test
    void aFullDiskFailsWritesUntilThereIsSpace() {
        var machine = new RecordingMachine();
        try (var log = open();
                var group = SoloGroup.open(1, log, machine);
                var tail = group.tail(0)) {
            propose(group, 3);
            long term = group.term();
            disk.leaveSpace(50);
            var refused = group.propose(new byte[200]);
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(refused::await)
                    .withMessage("the disk of the log is full: No space left on device");
            assertThat(machine.texts()).hasSize(3);
            assertThat(tail.next(10)).hasSize(3);
            assertThatExceptionOfType(NotLeaderException.class).isThrownBy(() -> group.propose(payload("x"), term));

            disk.leaveSpace(Long.MAX_VALUE);
            var accepted = group.propose(payload("after"), group.term());
            accepted.await();
            assertThat(accepted.lsn()).isEqualTo(4);
        }
        var replayed = new RecordingMachine();
        try (var log = open()) {
            SoloGroup.open(1, log, replayed).close();
        }
        assertThat(replayed.texts()).hasSize(4).isEqualTo(machine.texts());
    }

    @Test
    void aFullDiskWhereASegmentBeginsIsNoWorse() {
        var machine = new RecordingMachine();
        try (var log = open();
                var group = SoloGroup.open(1, log, machine)) {
            while (disk.bytes(Segment.name(1)).length < 1000) {
                propose(group, 1);
            }
            disk.leaveSpace(10);
            assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> propose(group, 1));
            assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> propose(group, 1));
            disk.leaveSpace(Long.MAX_VALUE);
            propose(group, 20);
        }
        var replayed = new RecordingMachine();
        try (var log = open()) {
            SoloGroup.open(1, log, replayed).close();
        }
        assertThat(replayed.texts()).isEqualTo(machine.texts());
    }

    @Test
    void afterAFailedFlushNothingIsWrittenUntilARestart() {
        var machine = new RecordingMachine();
        try (var log = open();
                var group = SoloGroup.open(1, log, machine)) {
            propose(group, 3);
            disk.failSyncs(true);
            var unknown = group.propose(payload("unknown"));
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(unknown::await)
                    .withMessageContaining("could not be flushed");
            assertThat(log.halted().toCompletableFuture().join())
                    .isEqualTo("the log could not be flushed: java.io.IOException: Input/output error");
            disk.failSyncs(false);
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> group.propose(payload("refused")))
                    .withMessageStartingWith("no writes until a restart");
            group.readBarrier();
            assertThat(group.appliedLsn()).isEqualTo(3);
            try (var tail = group.tail(0)) {
                assertThat(tail.next(10)).hasSize(3);
            }
        }
    }

    @Test
    void afterAWriteThatCannotBeUndoneToo() {
        try (var log = open();
                var group = SoloGroup.open(1, log, new RecordingMachine())) {
            propose(group, 3);
            disk.leaveSpace(50);
            disk.failTruncates(true);
            var unknown = group.propose(new byte[100]);
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(unknown::await);
            disk.leaveSpace(Long.MAX_VALUE);
            assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> propose(group, 1));
        }
    }

    @Test
    void aStoreThatTakesNothingStallsItsGroupOnly() {
        var machine = new RecordingMachine();
        try (var log = open();
                var one = SoloGroup.open(1, log, machine);
                var two = SoloGroup.open(2, log, new RecordingMachine())) {
            propose(one, 2);
            long term = one.term();
            machine.failWith(new IllegalStateException("the disk is full"), 0);
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> propose(one, 1));
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> propose(one, 1))
                    .withMessage("group 1 takes no writes until its store does: the disk is full");
            propose(two, 10);
            assertThat(one.appliedLsn()).isEqualTo(2);

            machine.failWith(null, 0);
            ticker.advance(Duration.ofSeconds(2));
            assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> propose(one, 1));
            Waiting.until(() -> one.appliedLsn() == 3); // that call has set the writer to it
            propose(two, 1); // behind the retry
            assertThatExceptionOfType(NotLeaderException.class).isThrownBy(() -> one.propose(payload("x"), term));
            var next = one.propose(payload("y"));
            next.await();
            assertThat(next.lsn()).isEqualTo(4);
        }
    }

    @Test
    void aStoreThatStoppedHalfWayGoesOnThere() {
        var machine = new RecordingMachine();
        try (var log = open();
                var group = SoloGroup.open(1, log, machine)) {
            var proposals = new ArrayList<Proposal>();
            synchronized (machine) {
                for (int i = 0; i < 10; i++) {
                    proposals.add(group.propose(payload("entry" + i)));
                }
                machine.failWith(new IllegalStateException("half way"), 4);
            }
            for (int i = 0; i < 4; i++) {
                proposals.get(i).await();
            }
            assertThatExceptionOfType(ReplicationException.class).isThrownBy(proposals.get(9)::await);
            assertThat(group.appliedLsn()).isEqualTo(4);
        }
        var replayed = new RecordingMachine();
        try (var log = open()) {
            SoloGroup.open(1, log, replayed).close();
        }
        assertThat(replayed.texts()).startsWith("entry0", "entry1", "entry2", "entry3");
    }

    @Test
    void proposersWaitWhenTheQueueIsFull() throws InterruptedException {
        var tiny = new NodeLogSettings(1000, 4000, 300, 500);
        var machine = new RecordingMachine();
        try (var log = NodeLog.open(disk, tiny, ticker);
                var group = SoloGroup.open(1, log, machine)) {
            Thread writer;
            synchronized (machine) {
                var thread = Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 100; i++) {
                        group.propose(new byte[50]);
                    }
                });
                Waiting.until(() -> thread.getState() == Thread.State.WAITING);
                writer = thread;
            }
            writer.join();
            group.propose(new byte[1]).await();
            assertThat(machine.texts()).hasSize(101);
        }
    }
}
