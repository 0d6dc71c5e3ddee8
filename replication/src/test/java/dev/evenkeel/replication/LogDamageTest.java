package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read back is what was written, or a refusal that names file and offset. */
@Timeout(120)
class LogDamageTest {
    private static final NodeLogSettings SMALL = new NodeLogSettings(700, 100_000, 1 << 20, 500);
    private static final int ENTRIES = 24;

    private final FaultyLogFiles written = new FaultyLogFiles(1);
    private final List<String> texts = new ArrayList<>();
    private String last = "";

    @BeforeEach
    void writeThreeSegments() {
        var random = new Random(7);
        try (var log = NodeLog.open(written, SMALL, Ticker.system());
                var group = SoloGroup.open(1, log, new RecordingMachine())) {
            for (int i = 0; i < ENTRIES; i++) {
                var bytes = new byte[random.nextInt(120)];
                random.nextBytes(bytes);
                var text = RecordingMachine.text(new LogEntry(1, bytes));
                texts.add(text);
                group.propose(payload(text)).await();
            }
        }
        last = written.segments().getLast();
        assertThat(written.segments()).hasSizeGreaterThan(2);
    }

    private static List<String> replay(FaultyLogFiles disk) {
        var machine = new RecordingMachine();
        try (var log = NodeLog.open(disk, SMALL, Ticker.system())) {
            SoloGroup.open(1, log, machine).close();
        }
        return machine.texts();
    }

    /** Every bit of every segment. */
    @Test
    void aFlippedBitIsRefusedWithFileAndOffset() {
        for (var name : written.segments()) {
            for (int bit = 0; bit < written.bytes(name).length * 8; bit++) {
                var damaged = written.copy();
                damaged.replace(name, flipped(written.bytes(name), bit));
                int offset = bit / 8;
                assertThatExceptionOfType(LogCorruptException.class)
                        .as("bit %s of %s", bit, name)
                        .isThrownBy(() -> replay(damaged))
                        .withMessageContaining(name)
                        .satisfies(e -> assertThat(offsetIn(String.valueOf(e.getMessage())))
                                .isBetween(0, offset));
            }
        }
    }

    private static int offsetIn(String message) {
        var matcher = Pattern.compile("at offset (\\d+)").matcher(message);
        assertThat(matcher.find()).as(message).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return bytes;
    }

    /** When nothing says that it was flushed, in the very last record a flipped bit and a torn write look the same. */
    @Test
    void aFlippedBitInTheLastRecordNeverShowsAnythingWrong() {
        int size = written.bytes(last).length;
        for (int bit = (size - texts.getLast().length() - RecordFormat.HEADER_BYTES) * 8; bit < size * 8; bit++) {
            var damaged = written.copy().withoutMark();
            damaged.replace(last, flipped(written.bytes(last), bit));
            assertThat(replay(damaged)).isEqualTo(texts.subList(0, ENTRIES - 1));
        }
    }

    @Test
    void aTornEndIsCutAtEveryLength() {
        var whole = written.bytes(last);
        for (int length = 0; length < whole.length; length++) {
            var torn = written.copy().withoutMark();
            torn.replace(last, Arrays.copyOf(whole, length));
            var survived = replay(torn);
            assertThat(survived).isEqualTo(texts.subList(0, survived.size()));
            assertThat(survived).isEqualTo(replay(torn)); // and stays so
        }
    }

    /** No crash takes away what was flushed. */
    @Test
    void anEndThatWasFlushedIsMissedAtEveryLength() {
        var whole = written.bytes(last);
        for (int length = 0; length < whole.length; length++) {
            var cut = written.copy();
            cut.replace(last, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(LogCorruptException.class)
                    .as("cut at %s", length)
                    .isThrownBy(() -> replay(cut))
                    .withMessageContaining(last)
                    .withMessageMatching(".* at offset \\d+: it was flushed up to offset " + whole.length + ",.*");
            assertThat(cut.bytes(last)).hasSize(length); // and nothing was touched
        }
    }

    @Test
    void lastSegmentsThatAreGoneAreMissed() throws IOException {
        var cut = written.copy();
        for (var name : written.segments().reversed()) {
            cut.delete(name);
            assertThatExceptionOfType(LogCorruptException.class)
                    .isThrownBy(() -> replay(cut))
                    .withMessage("The log file " + last + " is missing, which the log had last");
        }
    }

    /** It says nothing then: never anything wrong. */
    @Test
    void aDamagedMarkDoesNoHarm() {
        var mark = written.bytes(FlushedMark.NAME);
        for (int bit = 0; bit < mark.length * 8; bit++) {
            var damaged = written.copy();
            damaged.replace(FlushedMark.NAME, flipped(written.bytes(FlushedMark.NAME), bit));
            assertThat(replay(damaged)).isEqualTo(texts);
            assertThat(damaged.bytes(FlushedMark.NAME)).isEqualTo(mark); // and is right again
        }
    }

    @Test
    void anEarlierSegmentIsNeverCut() {
        var name = Segment.name(1);
        var damaged = written.copy();
        damaged.replace(name, Arrays.copyOf(written.bytes(name), written.bytes(name).length - 1));
        assertThatExceptionOfType(LogCorruptException.class)
                .isThrownBy(() -> replay(damaged))
                .withMessageContaining(name)
                .withMessageContaining("at offset");
    }

    @Test
    void aMissingSegmentIsRefused() throws IOException {
        var damaged = written.copy();
        damaged.delete(Segment.name(2));
        assertThatExceptionOfType(LogCorruptException.class)
                .isThrownBy(() -> replay(damaged))
                .withMessage("The log file before 0000000000000003.log is missing");
    }

    @Test
    void aSwappedSegmentIsRefused() {
        var damaged = written.copy();
        damaged.replace(Segment.name(1), written.bytes(Segment.name(2)));
        assertThatExceptionOfType(LogCorruptException.class).isThrownBy(() -> replay(damaged));
    }

    @Test
    void aNewerFormatIsRefused() {
        var newer = written.copy();
        newer.replace(last, ByteBuffer.wrap(written.bytes(last)).putInt(8, 3).array());
        assertThatExceptionOfType(LogCorruptException.class)
                .isThrownBy(() -> replay(newer))
                .withMessage("Log file " + last + " has format 3 at offset 8; this version reads 2");
    }

    /** A batch whose later sectors were written and an earlier one was not is a torn end, too: nobody was answered. */
    @Test
    void aHoleInTheLastBatchIsTorn() {
        var disk = new FaultyLogFiles(1);
        var machine = new RecordingMachine();
        int size;
        try (var log = NodeLog.open(disk, NodeLogSettings.DEFAULT, Ticker.system());
                var group = SoloGroup.open(1, log, machine)) {
            group.propose(payload("first")).await();
            size = disk.bytes(Segment.name(1)).length;
            writeOneBatch(disk, machine, group);
        }
        var bytes = disk.bytes(Segment.name(1));
        assertThat(RecordFormat.flushed(ByteBuffer.wrap(bytes), bytes.length - RecordFormat.HEADER_BYTES - 300))
                .isGreaterThanOrEqualTo(size);
        var holed = disk.copy().withoutMark();
        Arrays.fill(bytes, 4096, 4608, (byte) 0);
        holed.replace(Segment.name(1), bytes);
        var survived = replay(holed);
        assertThat(survived).hasSizeLessThan(20).isEqualTo(machine.texts().subList(0, survived.size()));

        var flippedInTheSameBatch = disk.copy().withoutMark();
        flippedInTheSameBatch.replace(Segment.name(1), flipped(disk.bytes(Segment.name(1)), 4100 * 8));
        assertThatExceptionOfType(LogCorruptException.class).isThrownBy(() -> replay(flippedInTheSameBatch));
    }

    private static void writeOneBatch(FaultyLogFiles disk, RecordingMachine machine, ReplicationGroup group) {
        var proposals = new ArrayList<Proposal>();
        int before = disk.syncs();
        synchronized (machine) { // the writer is kept in the batch before
            proposals.add(group.propose(payload("second")));
            Waiting.until(() -> disk.syncs() > before);
            for (int i = 0; i < 60; i++) {
                proposals.add(group.propose(payload("x".repeat(300))));
            }
        }
        proposals.forEach(Proposal::await);
    }

    /** A value that is itself a piece of a log must not be taken for one. */
    @Test
    void aLogStoredInALogIsNoRecord() {
        var inner = written.bytes(Segment.name(1));
        var disk = new FaultyLogFiles(1);
        try (var log = NodeLog.open(disk, NodeLogSettings.DEFAULT, Ticker.system());
                var group = SoloGroup.open(1, log, new RecordingMachine())) {
            group.propose(payload("first")).await();
            group.propose(inner).await();
        }
        var name = Segment.name(1);
        var torn = disk.copy().withoutMark();
        torn.replace(name, Arrays.copyOf(disk.bytes(name), disk.bytes(name).length - 1));
        assertThat(replay(torn)).containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void garbageBehindTheEndIsCut(long seed) {
        var random = new Random(seed);
        var garbage = new byte[random.nextInt(5000)];
        random.nextBytes(garbage);
        var whole = written.bytes(last);
        var longer = Arrays.copyOf(whole, whole.length + garbage.length);
        System.arraycopy(garbage, 0, longer, whole.length, garbage.length);
        var torn = written.copy();
        torn.replace(last, longer);
        assertThat(replay(torn)).isEqualTo(texts);
        assertThat(torn.bytes(last)).isEqualTo(whole);
    }
}
