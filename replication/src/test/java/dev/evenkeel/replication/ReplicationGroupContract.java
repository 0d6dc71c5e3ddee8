package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a solo group does, wherever its log is. */
@Timeout(60)
abstract class ReplicationGroupContract {
    final RecordingMachine machine = new RecordingMachine();
    SoloLog log = new MemoryLog();
    SoloGroup group = SoloGroup.open(1, log, machine);

    abstract SoloLog openLog();

    @BeforeEach
    void openGroup() {
        log = openLog();
        group = SoloGroup.open(1, log, machine);
    }

    @AfterEach
    void closeGroup() {
        group.close();
        log.close();
    }

    @Test
    void proposalsAreNumberedAndAppliedInOrder() {
        for (int i = 1; i <= 100; i++) {
            var proposal = group.propose(payload("entry" + i));
            assertThat(proposal.lsn()).isEqualTo(i);
            proposal.await();
            proposal.await();
            assertThat(group.appliedLsn()).isEqualTo(i);
        }
        assertThat(machine.texts()).hasSize(100).startsWith("entry1").endsWith("entry100");
        assertThat(group.id()).isEqualTo(1);
        group.readBarrier();
    }

    @Test
    void manyProposersShareOneOrder() throws InterruptedException {
        ConcurrentMap<Long, String> byLsn = new ConcurrentHashMap<>();
        var threads = new ArrayList<Thread>();
        for (int writer = 0; writer < 16; writer++) {
            int number = writer;
            threads.add(Thread.startVirtualThread(() -> {
                for (int i = 0; i < 200; i++) {
                    var text = number + "/" + i;
                    var proposal = group.propose(payload(text));
                    byLsn.put(proposal.lsn(), text);
                    proposal.await();
                    assertThat(group.appliedLsn()).isGreaterThanOrEqualTo(proposal.lsn());
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        var texts = machine.texts();
        assertThat(texts).hasSize(3200);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(byLsn.get(i + 1L)).isEqualTo(texts.get(i));
        }
    }

    @Test
    void entriesOfAllSizesPass() {
        var random = new Random(3);
        var expected = new ArrayList<String>();
        for (int size : new int[] {0, 1, 100, 511, 4096, 131_000, 524_288, 1_500_000}) {
            var bytes = new byte[size];
            random.nextBytes(bytes);
            group.propose(bytes);
            expected.add(RecordingMachine.text(new LogEntry(1, bytes)));
        }
        group.propose(new byte[0]).await();
        expected.add("");
        assertThat(machine.texts()).isEqualTo(expected);
        assertThatIllegalArgumentException().isThrownBy(() -> group.propose(new byte[LogEntry.PAYLOAD_BYTES_MAX + 1]));
    }

    @Test
    void nothingOfAnotherTermGetsIn() {
        assertThatExceptionOfType(NotLeaderException.class)
                .isThrownBy(() -> group.propose(payload("a"), group.term() + 1));
        assertThat(group.propose(payload("b"), group.term()).lsn()).isEqualTo(1);
    }

    @Test
    void whatIsNotAppliedIsUnknownAndTheTermChanges() {
        long term = group.term();
        machine.failWith(new IllegalStateException("no room"), 0);
        var proposal = group.propose(payload("a"));

        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(proposal::await);
        assertThat(group.term()).isGreaterThan(term);
        assertThat(group.appliedLsn()).isZero();
        assertThatExceptionOfType(ReplicationException.class).isThrownBy(() -> group.propose(payload("b"), term));
    }

    @Test
    void aTailSeesEverythingInOrder() {
        try (var tail = group.tail(0)) {
            for (int i = 1; i <= 50; i++) {
                group.propose(payload("entry" + i)).await();
            }
            assertThat(texts(tail.next(7))).hasSize(7).startsWith("entry1");
            assertThat(tail.position()).isEqualTo(7);
            assertThat(texts(tail.poll(100))).hasSize(43).endsWith("entry50");
            assertThat(tail.poll(1)).isEmpty();
        }
    }

    @Test
    void aTailFromNowBeginsWithTheNextEntry() {
        group.propose(payload("a")).await();
        try (var tail = group.tail()) {
            assertThat(tail.position()).isEqualTo(1);
            group.propose(payload("b")).await();
            assertThat(texts(tail.next(10))).containsExactly("b");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> group.tail(3));
        assertThatIllegalArgumentException().isThrownBy(() -> group.tail(-1));
    }

    @Test
    void tailsKeepUpWithWritersEachAtItsOwnPace() throws InterruptedException {
        var random = new Random(9);
        var results = new ArrayList<List<String>>();
        var readers = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            var tail = group.tail();
            var seen = new ArrayList<String>();
            int most = 1 + random.nextInt(50);
            results.add(seen);
            readers.add(Thread.startVirtualThread(() -> {
                try (tail) {
                    while (seen.size() < 2000) {
                        seen.addAll(texts(tail.next(most)));
                    }
                }
            }));
        }
        for (int i = 0; i < 2000; i++) {
            var proposal = group.propose(payload("entry" + i));
            if (i % 64 == 0) {
                proposal.await();
            }
        }
        for (var reader : readers) {
            reader.join();
        }
        assertThat(results).allSatisfy(seen -> assertThat(seen).isEqualTo(machine.texts()));
    }

    @Test
    void aWaitingReaderIsWokenByAnEntryByClosingAndByAnInterrupt() throws InterruptedException {
        var seen = new ArrayList<String>();
        var tail = group.tail();
        var reader = Thread.startVirtualThread(() -> {
            for (var entries = tail.next(10); !entries.isEmpty(); entries = tail.next(10)) {
                seen.addAll(texts(entries));
            }
        });
        group.propose(payload("a")).await();
        tail.close();
        reader.join();
        assertThat(seen.size()).isBetween(0, 1);

        var other = group.tail();
        var interrupted = Thread.startVirtualThread(() -> {
            assertThat(other.next(1)).isEmpty();
            seen.add(Thread.currentThread().isInterrupted() ? "interrupted" : "?");
        });
        interrupted.interrupt();
        interrupted.join();
        assertThat(seen).endsWith("interrupted");
        other.close();
        assertThat(other.next(1)).isEmpty();
    }

    @Test
    void aClosedGroupTakesNothing() {
        var tail = group.tail();
        group.propose(payload("a"));
        group.close();

        assertThat(machine.texts()).containsExactly("a");
        assertThat(tail.next(1)).isEmpty();
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> group.propose(payload("b")));
        assertThatIllegalStateException().isThrownBy(group::tail);
        group = SoloGroup.open(1, log, machine);
        assertThat(group.propose(payload("c")).lsn()).isEqualTo(2);
    }

    @Test
    void aGroupIsOpenOnce() {
        assertThatIllegalStateException().isThrownBy(() -> SoloGroup.open(1, log, new RecordingMachine()));
        SoloGroup.open(2, log, new RecordingMachine()).close();
    }

    static List<String> texts(List<LogEntry> entries) {
        return entries.stream().map(RecordingMachine::text).toList();
    }
}
