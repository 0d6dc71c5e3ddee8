package dev.evenkeel.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.model.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read back of a Raft group is what was written, or a refusal that names file and offset. */
@Timeout(120)
class RaftLogDamageTest {
    /** Nothing is kept in memory, so that every entry is read from its file. */
    private static final NodeLogSettings SMALL = new NodeLogSettings(400, 100_000, 1 << 20, 0);

    private static final Vote VOTE = new Vote(7, "127.0.0.1:9001");

    private final FaultyLogFiles disk = new FaultyLogFiles(1);
    private final List<@Nullable String> texts = new ArrayList<>();
    private String last = "";

    @BeforeEach
    void writeSomeSegments() {
        var random = new Random(7);
        try (var log = NodeLog.open(disk, SMALL, Ticker.system());
                var raft = log.openRaft(1)) {
            raft.vote(VOTE);
            for (long index = 1; index <= 8; index++) {
                append(raft, random, index);
            }
            raft.truncateSuffix(5);
            texts.subList(5, 8).clear();
            for (long index = 6; index <= 14; index++) {
                append(raft, random, index);
            }
        }
        last = disk.segments().getLast();
        assertThat(disk.segments()).hasSizeGreaterThan(3);
    }

    private void append(RaftLog raft, Random random, long index) {
        var payload = new byte[20 + random.nextInt(60)];
        random.nextBytes(payload);
        var entry = new RaftEntry(index, 1, RaftEntry.Kind.DATA, payload);
        raft.append(List.of(entry));
        texts.add(RaftLogContract.text(entry));
    }

    private List<@Nullable String> found(FaultyLogFiles files) {
        try (var log = NodeLog.open(files, SMALL, Ticker.system());
                var raft = log.openRaft(1)) {
            assertThat(raft.vote()).isEqualTo(VOTE);
            assertThat(raft.firstIndex()).isEqualTo(1);
            return found(raft);
        }
    }

    private static List<@Nullable String> found(RaftLog raft) {
        var found = new ArrayList<@Nullable String>();
        for (long index = 1; index <= raft.lastIndex(); index++) {
            found.add(RaftLogContract.text(raft.entry(index)));
        }
        return found;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return bytes;
    }

    /** Every bit of every segment. */
    @Test
    void aFlippedBitIsRefusedWithFileAndOffset() {
        assertThat(found(disk.copy())).isEqualTo(texts);
        for (var name : disk.segments()) {
            for (int bit = 0; bit < disk.bytes(name).length * 8; bit++) {
                var damaged = disk.copy();
                damaged.replace(name, flipped(disk.bytes(name), bit));
                assertThatExceptionOfType(LogCorruptException.class)
                        .as("bit %s of %s", bit, name)
                        .isThrownBy(() -> found(damaged))
                        .withMessageContaining(name)
                        .withMessageContaining("at offset");
            }
        }
    }

    /** While the log is open: each entry is right or refused, and right again when the disk is. */
    @Test
    void aBitThatFlipsLaterIsNeverServed() {
        for (var name : disk.segments()) {
            var whole = disk.bytes(name);
            for (int bit = SegmentHeader.BYTES * 8; bit < whole.length * 8; bit += 19) {
                var damaged = disk.copy();
                try (var log = NodeLog.open(damaged, SMALL, Ticker.system());
                        var raft = log.openRaft(1)) {
                    damaged.replace(name, flipped(disk.bytes(name), bit));
                    for (long index = 1; index <= raft.lastIndex(); index++) {
                        checkRightOrRefused(raft, index, name);
                    }
                }
            }
        }
    }

    private void checkRightOrRefused(RaftLog raft, long index, String name) {
        try {
            assertThat(RaftLogContract.text(raft.entry(index))).isEqualTo(texts.get((int) index - 1));
        } catch (LogCorruptException e) {
            assertThat(e).hasMessageContaining(name).hasMessageContaining("at offset");
        }
    }

    @Test
    void anEntryThatIsRepairedIsServedAgain() {
        var name = Segment.name(2);
        var damaged = disk.copy();
        try (var log = NodeLog.open(damaged, SMALL, Ticker.system());
                var raft = log.openRaft(1)) {
            var zeroes = disk.bytes(name);
            Arrays.fill(zeroes, SegmentHeader.BYTES, zeroes.length, (byte) 0);
            damaged.replace(name, zeroes);
            assertThatExceptionOfType(LogCorruptException.class)
                    .isThrownBy(() -> raft.entry(1))
                    .withMessageMatching(
                            "Log file " + name + " is damaged at offset \\d+: group 1 has an entry there.*");
            damaged.replace(name, disk.bytes(name));
            assertThat(found(raft)).isEqualTo(texts);
        }
    }

    @Test
    void aTornEndIsCutAtEveryLength() {
        var whole = disk.bytes(last);
        for (int length = 0; length < whole.length; length++) {
            var torn = disk.copy().withoutMark();
            torn.replace(last, Arrays.copyOf(whole, length));
            var survived = found(torn);
            assertThat(survived).isEqualTo(texts.subList(0, survived.size()));
            assertThat(found(torn)).isEqualTo(survived); // and stays so
        }
    }

    /** What is missing reads as zero, and the last byte of a checksum may be zero. */
    @Test
    void aTornHeaderIsNoneEvenIfItsChecksumWouldHold() {
        var lastSequence = Segment.sequence(last);
        var header = LongStream.iterate(1, salt -> salt + 1)
                .mapToObj(salt -> new SegmentHeader(SegmentHeader.VERSION_RAFT, lastSequence, salt)
                        .encoded()
                        .array())
                .filter(bytes -> bytes[SegmentHeader.BYTES - 1] == 0)
                .findFirst()
                .orElseThrow();
        var torn = disk.copy().withoutMark();
        torn.replace(last, Arrays.copyOf(header, SegmentHeader.BYTES - 1));
        var survived = found(torn);
        assertThat(survived).isNotEmpty().isEqualTo(texts.subList(0, survived.size()));
    }

    /** The statement is durable before older segments go, so without them its absence is no crash. */
    @Test
    void aStatementThatIsMissingWhereItIsTheOnlyOneIsRefused() {
        var only = new FaultyLogFiles(1);
        only.replace(last, Arrays.copyOf(disk.bytes(last), SegmentHeader.BYTES + 20));
        assertThatExceptionOfType(LogCorruptException.class)
                .isThrownBy(() -> found(only))
                .withMessage("Log file " + last + " is damaged at offset 32: the statement of Raft groups is missing");
    }

    @Test
    void aMissingSegmentIsRefused() {
        var damaged = new FaultyLogFiles(1);
        disk.segments().stream()
                .filter(name -> !name.equals(Segment.name(3)))
                .forEach(name -> damaged.replace(name, disk.bytes(name)));
        assertThatExceptionOfType(LogCorruptException.class).isThrownBy(() -> found(damaged));
    }
}
