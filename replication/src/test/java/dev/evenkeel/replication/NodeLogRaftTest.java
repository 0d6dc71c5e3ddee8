package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.evenkeel.model.Ticker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Raft groups beside each other and beside solo groups: restart, space and failures. */
@Timeout(60)
class NodeLogRaftTest {
    private static final NodeLogSettings SMALL = new NodeLogSettings(1000, 1 << 20, 1 << 20, 500);

    private final FaultyLogFiles disk = new FaultyLogFiles(1);

    @TempDir
    private Path folder = Path.of("");

    private NodeLog open() {
        return NodeLog.open(disk, SMALL, Ticker.system());
    }

    private static void append(RaftLog raft, int count) {
        for (int i = 0; i < count; i++) {
            long index = raft.lastIndex() + 1;
            raft.append(List.of(RaftLogContract.entry(index, 1, ".".repeat(80) + index)));
        }
    }

    private int version(String name) {
        return ByteBuffer.wrap(disk.bytes(name)).getInt(8);
    }

    @Test
    void spaceComesBackWhenAllGroupsHavePassed() {
        try (var log = open();
                var one = log.openRaft(1);
                var two = log.openRaft(2)) {
            two.vote(new Vote(5, "somebody"));
            append(one, 30);
            append(two, 30);
            append(one, 30);
            one.truncatePrefix(61);
            long before = log.bytes();
            log.reclaim();
            assertThat(log.bytes()).isLessThan(before).isGreaterThan(3000); // group 2 holds the rest up
            two.truncatePrefix(31);
            log.reclaim();
            assertThat(log.bytes()).isLessThan(1500);
        }
        try (var log = open();
                var one = log.openRaft(1);
                var two = log.openRaft(2)) {
            assertThat(two.vote()).isEqualTo(new Vote(5, "somebody"));
            assertThat(one.firstIndex()).isEqualTo(61);
            assertThat(two.lastIndex()).isEqualTo(30);
        }
    }

    @Test
    void aGroupThatIsNotOpenKeepsItsEntriesUntilItIsDropped() {
        try (var log = open();
                var one = log.openRaft(1);
                var two = log.openRaft(2)) {
            append(two, 5);
            append(one, 50);
        }
        try (var log = open();
                var one = log.openRaft(1)) {
            one.truncatePrefix(51);
            log.reclaim();
            try (var two = log.openRaft(2)) {
                assertThat(RaftLogContract.text(two.entry(1))).startsWith("1@1 DATA");
            }
            log.dropRaft(2);
            append(one, 20);
            one.truncatePrefix(71);
            log.reclaim();
            assertThat(log.bytes()).isLessThan(1500);
        }
        try (var log = open();
                var two = log.openRaft(2)) {
            assertThat(two.lastIndex()).isEqualTo(0);
            assertThat(two.vote()).isEqualTo(Vote.NONE);
        }
    }

    @Test
    void aGroupThatHoldsUpALogThatIsTooLargeIsAskedToPass() {
        var tight = new NodeLogSettings(1000, 5000, 1 << 20, 500);
        var asked = new ArrayList<String>();
        try (var log = NodeLog.open(disk, tight, Ticker.system());
                var one = log.openRaft(1, () -> asked.add("one"));
                var two = log.openRaft(2, () -> asked.add("two"))) {
            append(one, 2);
            append(two, 30);
            assertThat(asked).isEmpty();
            two.truncatePrefix(31);
            append(two, 30);
            assertThat(asked).isNotEmpty().containsOnly("one");
        }
    }

    @Test
    void soloGroupsAndRaftGroupsShareSegments() {
        var machine = new RecordingMachine();
        try (var log = open();
                var solo = SoloGroup.open(1, log, machine);
                var raft = log.openRaft(2)) {
            for (int i = 0; i < 40; i++) {
                solo.propose(payload("solo" + i)).await();
                append(raft, 1);
            }
            raft.truncatePrefix(41);
            log.reclaim();
            assertThat(disk.segments()).contains(Segment.name(2)); // the store has not persisted anything
            assertThatIllegalStateException().isThrownBy(() -> log.openRaft(1));
            assertThatIllegalStateException().isThrownBy(() -> log.openRaft(2));
            assertThatIllegalStateException().isThrownBy(() -> SoloGroup.open(2, log, new RecordingMachine()));
            assertThatIllegalStateException().isThrownBy(() -> log.dropRaft(2));
        }
        var restarted = new RecordingMachine();
        try (var log = open();
                var solo = SoloGroup.open(1, log, restarted);
                var raft = log.openRaft(2)) {
            assertThat(restarted.texts()).isEqualTo(machine.texts());
            assertThat(raft.firstIndex()).isEqualTo(41);
            restarted.persist();
            log.reclaim();
            assertThat(disk.segments()).doesNotContain(Segment.name(2));
            assertThat(solo.propose(payload("x")).lsn()).isEqualTo(41);
        }
    }

    /** An earlier release reads what it knows, and refuses the rest instead of taking it for a torn end. */
    @Test
    void onlyASegmentWithRaftGroupsIsOfTheNewerVersion() {
        try (var log = open();
                var solo = SoloGroup.open(1, log, new RecordingMachine())) {
            for (int i = 0; i < 30; i++) {
                solo.propose(new byte[100]).await();
            }
            assertThat(disk.segments()).hasSizeGreaterThan(2).allMatch(name -> version(name) == 1);
            int before = disk.segments().size();
            try (var raft = log.openRaft(2)) {
                raft.vote(new Vote(1, "x"));
            }
            assertThat(disk.segments()).hasSize(before + 1);
            assertThat(version(Segment.name(before))).isEqualTo(1);
            assertThat(version(Segment.name(before + 1))).isEqualTo(2);
        }
    }

    @Test
    void aSegmentWhoseMakingWasCutShortIsMadeAgain() {
        try (var log = open();
                var raft = log.openRaft(1)) {
            raft.vote(new Vote(3, "x"));
            while (disk.bytes(Segment.name(2)).length < 1000) {
                append(raft, 1);
            }
            disk.leaveSpace(600); // for the next segment, but not for the entry
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> raft.append(
                            List.of(new RaftEntry(raft.lastIndex() + 1, 1, RaftEntry.Kind.DATA, new byte[1000]))));
            disk.leaveSpace(Long.MAX_VALUE);
        }
        var statement = disk.bytes(Segment.name(3));
        assertThat(statement.length).isGreaterThan(SegmentHeader.BYTES);
        disk.replace(Segment.name(3), Arrays.copyOf(statement, SegmentHeader.BYTES + 10));
        try (var log = open();
                var raft = log.openRaft(1)) {
            assertThat(disk.segments()).doesNotContain(Segment.name(3));
            assertThat(raft.vote()).isEqualTo(new Vote(3, "x"));
            long last = raft.lastIndex();
            append(raft, 20);
            assertThat(RaftLogContract.text(raft.entry(last + 20))).contains("." + (last + 20));
        }
    }

    @Test
    void aFullDiskFailsAppendsUntilThereIsSpace() {
        try (var log = open();
                var raft = log.openRaft(1)) {
            append(raft, 3);
            disk.leaveSpace(50);
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> append(raft, 1))
                    .withMessage("the disk of the log is full: No space left on device");
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> raft.vote(new Vote(9, "somebody whose name does not fit")));
            assertThat(raft.lastIndex()).isEqualTo(3);
            assertThat(raft.vote()).isEqualTo(Vote.NONE);
            disk.leaveSpace(Long.MAX_VALUE);
            append(raft, 1);
        }
        try (var log = open();
                var raft = log.openRaft(1)) {
            assertThat(raft.lastIndex()).isEqualTo(4);
            assertThat(raft.vote()).isEqualTo(Vote.NONE);
        }
    }

    @Test
    void afterAFailedFlushNothingIsTakenUntilARestart() {
        try (var log = open();
                var one = log.openRaft(1);
                var two = log.openRaft(2)) {
            append(one, 3);
            disk.failSyncs(true);
            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> append(one, 1))
                    .withMessageContaining("could not be flushed");
            disk.failSyncs(false);
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> two.vote(new Vote(1, "x")))
                    .withMessageStartingWith("no writes until a restart");
            assertThat(one.lastIndex()).isEqualTo(3);
            assertThat(one.entry(3)).isNotNull();
        }
    }

    @Test
    void manyGroupsRideOneFlush() throws InterruptedException {
        var machine = new RecordingMachine();
        try (var log = NodeLog.open(disk, NodeLogSettings.DEFAULT, Ticker.system());
                var solo = SoloGroup.open(100, log, machine)) {
            var logs = new ArrayList<RaftLog>();
            for (int group = 0; group < 32; group++) {
                logs.add(log.openRaft(group));
                append(logs.get(group), 1);
            }
            int before = disk.syncs();
            var threads = new ArrayList<Thread>();
            var started = new CountDownLatch(logs.size());
            synchronized (machine) { // the writer is kept in a batch
                solo.propose(payload("first"));
                Waiting.until(() -> disk.syncs() > before);
                for (var raft : logs) {
                    threads.add(Thread.startVirtualThread(() -> {
                        started.countDown();
                        append(raft, 1);
                    }));
                }
                started.await();
                Waiting.until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(disk.syncs() - before).isEqualTo(2);
            logs.forEach(RaftLog::close);
        }
    }

    /** An interrupt closes a channel that is being read; neither the log nor the reader may suffer. */
    @Test
    void anInterruptedReaderReads() {
        var settings = new NodeLogSettings(1000, 1 << 20, 1 << 20, 0);
        try (var log = NodeLog.open(folder, settings);
                var raft = log.openRaft(1)) {
            append(raft, 50);
            Thread.currentThread().interrupt();
            for (long index = 1; index <= 50; index++) {
                assertThat(RaftLogContract.text(raft.entry(index))).endsWith("." + index);
            }
            assertThat(Thread.interrupted()).isTrue();
            append(raft, 1);
        }
    }
}
