package dev.evenkeel.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenkeel.replication.RaftEntry.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Raft group's log does, wherever it is. */
@Timeout(60)
abstract class RaftLogContract {
    RaftLog log = new MemoryRaftLog();

    abstract RaftLog openLog();

    abstract void closeLog();

    @BeforeEach
    void open() {
        log = openLog();
    }

    @AfterEach
    void close() {
        log.close();
        closeLog();
    }

    static RaftEntry entry(long index, long term, String text) {
        return new RaftEntry(index, term, Kind.DATA, text.getBytes(StandardCharsets.UTF_8));
    }

    static List<RaftEntry> entries(long first, long last, long term) {
        var entries = new ArrayList<RaftEntry>();
        for (long index = first; index <= last; index++) {
            entries.add(entry(index, term, "entry " + index + " of term " + term));
        }
        return entries;
    }

    /** Everything that matters of an entry, for comparison; null stays null. */
    static @Nullable String text(@Nullable RaftEntry entry) {
        return entry == null
                ? null
                : entry.index() + "@" + entry.term() + " " + entry.kind() + " "
                        + new String(entry.payload(), StandardCharsets.UTF_8);
    }

    private void assertRange(long first, long last) {
        assertThat(log.firstIndex()).isEqualTo(first);
        assertThat(log.lastIndex()).isEqualTo(last);
        assertThat(log.entry(first - 1)).isNull();
        assertThat(log.entry(last + 1)).isNull();
    }

    private void assertEntries(List<RaftEntry> entries) {
        for (var entry : entries) {
            assertThat(text(log.entry(entry.index()))).isEqualTo(text(entry));
        }
    }

    @Test
    void aNewOneIsEmpty() {
        assertRange(1, 0);
        assertThat(log.vote()).isEqualTo(new Vote(0, ""));
    }

    @Test
    void whatIsAppendedIsThere() {
        log.append(entries(1, 100, 1));
        log.append(List.of());
        log.append(entries(101, 101, 1));
        log.append(entries(102, 300, 2));
        assertRange(1, 300);
        assertEntries(entries(1, 101, 1));
        assertEntries(entries(102, 300, 2));
    }

    @Test
    void everyKindComesBack() {
        var entries = new ArrayList<RaftEntry>();
        for (var kind : Kind.values()) {
            entries.add(new RaftEntry(entries.size() + 1, 7, kind, new byte[0]));
        }
        entries.add(new RaftEntry(4, Long.MAX_VALUE, Kind.DATA, new byte[300_000]));
        log.append(entries);
        assertEntries(entries);
    }

    @Test
    void aGapIsRefused() {
        log.append(entries(1, 3, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(entries(5, 6, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(entries(3, 4, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(entry(4, 1, "a"), entry(6, 1, "b"))));
        assertRange(1, 3);
    }

    @Test
    void aPrefixGoes() {
        log.append(entries(1, 100, 1));
        log.truncatePrefix(41);
        assertRange(41, 100);
        assertEntries(entries(41, 100, 1));
        log.truncatePrefix(20); // nothing new
        assertRange(41, 100);
        log.truncatePrefix(101);
        assertRange(101, 100);
        log.append(entries(101, 110, 2));
        assertRange(101, 110);
        assertEntries(entries(101, 110, 2));
    }

    @Test
    void aPrefixBeyondTheEndIsAReset() {
        log.append(entries(1, 10, 1));
        log.truncatePrefix(50);
        assertRange(50, 49);
        log.append(entries(50, 60, 1));
        assertRange(50, 60);
        assertEntries(entries(50, 60, 1));
    }

    @Test
    void aSuffixIsReplaced() {
        log.append(entries(1, 100, 1));
        log.truncateSuffix(60);
        assertRange(1, 60);
        log.append(entries(61, 80, 2));
        log.truncateSuffix(80);
        assertRange(1, 80);
        assertEntries(entries(1, 60, 1));
        assertEntries(entries(61, 80, 2));
        log.truncateSuffix(0);
        assertRange(1, 0);
        log.append(entries(1, 5, 3));
        assertEntries(entries(1, 5, 3));
    }

    @Test
    void aSuffixThatIsNotThereIsRefused() {
        log.append(entries(1, 10, 1));
        log.truncatePrefix(5);
        assertThatIllegalArgumentException().isThrownBy(() -> log.truncateSuffix(3));
        assertThatIllegalArgumentException().isThrownBy(() -> log.truncateSuffix(11));
        log.truncateSuffix(4);
        assertRange(5, 4);
    }

    @Test
    void aResetGoesAnywhere() {
        log.append(entries(1, 10, 1));
        log.reset(1000);
        assertRange(1000, 999);
        log.append(entries(1000, 1010, 4));
        assertEntries(entries(1000, 1010, 4));
        log.reset(5);
        assertRange(5, 4);
        log.append(entries(5, 6, 9));
        assertRange(5, 6);
        assertEntries(entries(5, 6, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> log.reset(0));
        assertThatIllegalArgumentException().isThrownBy(() -> log.truncatePrefix(0));
    }

    @Test
    void aVoteStaysUntilTheNext() {
        log.vote(new Vote(3, "127.0.0.1:8081"));
        assertThat(log.vote()).isEqualTo(new Vote(3, "127.0.0.1:8081"));
        log.vote(new Vote(4, ""));
        log.append(entries(1, 10, 4));
        log.reset(20);
        assertThat(log.vote()).isEqualTo(new Vote(4, ""));
    }

    @Test
    void readersComeFromAnywhere() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        var wrong = new ArrayList<String>();
        for (int reader = 0; reader < 4; reader++) {
            int number = reader;
            threads.add(Thread.startVirtualThread(() -> {
                for (long index = 1; index <= 500; ) {
                    var found = log.entry(index);
                    if (found == null) {
                        Thread.onSpinWait();
                        continue;
                    }
                    if (found.index() != index || number == 3 && log.entry(1 + index / 2) == null) {
                        synchronized (wrong) {
                            wrong.add(index + " of " + number);
                        }
                    }
                    index++;
                }
            }));
        }
        for (long index = 1; index <= 500; index += 10) {
            log.append(entries(index, index + 9, 1));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aClosedOneTakesNothing() {
        log.append(entries(1, 3, 1));
        log.close();
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> log.append(entries(4, 4, 1)));
        assertThatExceptionOfType(LogUnavailableException.class).isThrownBy(() -> log.vote(new Vote(1, "x")));
        log.close();
    }
}
