package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule that looks at indexes alone, against one that knows which entries each was built on. */
class EntryChainTest {

    /**
     * An entry as its leader meant it; one of Raft's own when there is no header.
     *
     * @param builtOn the proposals of the epoch before this one, taken or not
     */
    private record Meant(@Nullable EntryHeader header, List<Integer> builtOn, int number) {}

    /** Leaders that take turns and lose proposals, and the log that comes of it. */
    private static final class Leaders {
        private final Random random;
        private final List<Meant> log = new ArrayList<>();
        private int numbers;

        Leaders(Random random) {
            this.random = random;
        }

        List<Meant> run(int leaderships) {
            for (int i = 0; i < leaderships; i++) {
                own();
                for (int epoch = random.nextInt(4); epoch > 0; epoch--) {
                    epoch();
                }
                if (random.nextInt(3) == 0) { // the next leader does not have the end of it
                    int kept = log.size() - random.nextInt(Math.min(log.size(), 4));
                    log.subList(kept, log.size()).clear();
                }
            }
            return log;
        }

        private void own() {
            log.add(new Meant(null, List.of(), -1));
        }

        private void epoch() {
            boolean loses = random.nextBoolean();
            boolean changesMembers = random.nextInt(3) == 0;
            long base = log.size() + 1;
            var before = new ArrayList<Integer>();
            int count = random.nextInt(8);
            for (int offset = 0; offset < count; offset++) {
                int number = numbers++;
                if (!loses || random.nextInt(4) > 0) {
                    log.add(new Meant(new EntryHeader(base, offset), List.copyOf(before), number));
                }
                before.add(number);
                if (changesMembers && random.nextInt(4) == 0) {
                    own();
                }
            }
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anEntryCountsWhenAllItWasBuiltOnDoes(long seed) {
        var random = new Random(seed);
        var leaders = new Leaders(random);
        var log = leaders.run(12);
        var chain = new EntryChain(EntryChain.State.NEW);
        var counted = new ArrayList<Integer>();
        for (int i = 0; i < log.size(); i++) {
            var entry = log.get(i);
            if (entry.header == null) {
                continue;
            }
            if (random.nextInt(5) == 0) { // a restart from a snapshot
                chain = new EntryChain(chain.state());
            }
            boolean counts = chain.counts(i + 1, entry.header);
            boolean isWhole = counted.containsAll(entry.builtOn);
            if (counts) {
                assertThat(isWhole)
                        .as("entry %s counts with a hole before it", i + 1)
                        .isTrue();
                counted.add(entry.number);
            } else {
                assertThat(isWhole
                                && log.subList((int) entry.header.base() - 1, i).stream()
                                        .allMatch(EntryChainTest::isData))
                        .as("entry %s does not count, though nothing is missing", i + 1)
                        .isFalse();
            }
        }
    }

    private static boolean isData(Meant entry) {
        return entry.header != null;
    }

    /** The log before the snapshot is not looked at again, and need not be. */
    @ParameterizedTest
    @MethodSource("seeds")
    void replicasDecideAlikeWhereverTheyBegin(long seed) {
        var log = new Leaders(new Random(seed)).run(8);
        var whole = new EntryChain(EntryChain.State.NEW);
        var others = new ArrayList<EntryChain>();
        for (int i = 0; i < log.size(); i++) {
            var header = log.get(i).header;
            if (header != null) {
                boolean counts = whole.counts(i + 1, header);
                for (var other : others) {
                    assertThat(other.counts(i + 1, header)).isEqualTo(counts);
                }
            }
            others.add(new EntryChain(whole.state()));
        }
    }

    @Test
    void theHeaderComesBack() {
        var header = new EntryHeader(1L << 40, 77);
        var entry = header.before(new byte[] {1, 2, 3});
        assertThat(EntryHeader.of(entry)).isEqualTo(header);
        assertThat(EntryHeader.payload(entry)).containsExactly(1, 2, 3);
        assertThat(header.expectedIndex()).isEqualTo((1L << 40) + 77);
    }

    @Test
    void aNewerReleasesEntryIsNotGuessedAt() {
        var entry = new EntryHeader(1, 0).before(new byte[0]);
        entry[0]++;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> EntryHeader.of(entry));
    }
}
