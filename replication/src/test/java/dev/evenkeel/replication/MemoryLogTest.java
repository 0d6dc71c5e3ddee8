package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryLogTest extends ReplicationGroupContract {
    @Override
    SoloLog openLog() {
        return new MemoryLog();
    }

    @Test
    void entriesThatNoTailNeedsAreGone() {
        group.propose(payload("a")).await();
        group.propose(payload("b")).await();
        assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(() -> group.tail(1));
        group.tail(2).close();
    }

    @Test
    void entriesThatATailNeedsAreThereForOthers() {
        try (var slow = group.tail()) {
            group.propose(payload("a")).await();
            group.propose(payload("b")).await();
            try (var second = group.tail(1)) {
                assertThat(texts(second.next(10))).containsExactly("b");
            }
            assertThat(texts(slow.next(10))).containsExactly("a", "b");
            assertThat(slow.poll(10)).isEmpty(); // says that both are done with
            assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(() -> group.tail(0));
        }
    }

    @Test
    void writersWaitForTailsThatAreFarBehind() throws InterruptedException {
        try (var small = new MemoryLog(1000, Duration.ofHours(1));
                var slowed = SoloGroup.open(1, small, new RecordingMachine());
                var tail = slowed.tail()) {
            for (int i = 0; i < 7; i++) {
                slowed.propose(new byte[100]); // the last of them crowds the log
            }
            var done = new CountDownLatch(1);
            var writer = Thread.startVirtualThread(() -> {
                slowed.propose(new byte[100]);
                done.countDown();
            });
            Waiting.until(() -> writer.getState() == Thread.State.TIMED_WAITING);
            assertThat(done.getCount()).isEqualTo(1);
            assertThat(tail.next(5)).hasSize(5);
            assertThat(tail.next(5)).hasSizeBetween(2, 3);
            done.await();
        }
    }

    @Test
    void aTailsOwnReaderNeverWaits() {
        try (var small = new MemoryLog(1000, Duration.ofHours(1));
                var slowed = SoloGroup.open(1, small, new RecordingMachine());
                var tail = slowed.tail()) {
            assertThat(tail.poll(1)).isEmpty();
            for (int i = 0; i < 100; i++) {
                slowed.propose(new byte[100]);
            }
            assertThat(tail.next(200)).hasSize(100);
        }
    }

    @Test
    void othersWaitOnlySoLong() {
        try (var small = new MemoryLog(1000, Duration.ofMillis(1));
                var slowed = SoloGroup.open(1, small, new RecordingMachine());
                var tail = slowed.tail()) {
            for (int i = 0; i < 50; i++) {
                slowed.propose(new byte[100]).await();
            }
            assertThat(tail.next(200)).hasSize(50);
        }
    }

    @Test
    void aGroupGoesOnWhereItsMachineIs() {
        group.propose(payload("a")).await();
        group.close();
        group = SoloGroup.open(1, new MemoryLog(), machine);
        assertThat(group.propose(payload("b")).lsn()).isEqualTo(2);
    }
}
