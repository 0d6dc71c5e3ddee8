package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerkleTreeTest {
    private static final byte[] NOTHING = {};

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithATreeMap(long seed) {
        var random = new Random(seed);
        var keys = new RandomKeys(random);
        var map = newMap();
        var tree = PerkleTree.EMPTY;
        int target = random.nextInt(400);
        for (int i = 0; i < 800; i++) {
            var key = keys.near(map);
            if (random.nextInt(target + 1) >= map.size()) {
                var value = keys.value();
                map.put(key, value);
                tree = tree.with(key, value);
            } else {
                map.remove(key);
                tree = tree.without(key);
            }
            assertThat(tree.size()).isEqualTo(map.size());
            checkLookups(tree, map, keys.near(map));
            if (i % 50 == 0) {
                PerkleShape.check(tree);
                assertThat(PerkleWalk.entries(tree.root())).isEqualTo(entries(map));
                checkWalks(tree, map, keys.near(map), keys.near(map));
            }
        }
    }

    private static void checkLookups(PerkleTree tree, NavigableMap<byte[], byte[]> map, byte[] key) {
        var cursor = new PerkleCursor();
        assertThat(tree.get(key)).isEqualTo(map.get(key));
        assertThat(shown(tree.floor(key, cursor), cursor)).isEqualTo(entry(map.floorEntry(key)));
        assertThat(shown(tree.ceiling(key, cursor), cursor)).isEqualTo(entry(map.ceilingEntry(key)));
    }

    private static void checkWalks(PerkleTree tree, NavigableMap<byte[], byte[]> map, byte[] one, byte[] other) {
        boolean rising = Arrays.compareUnsigned(one, other) <= 0;
        var from = rising ? one : other;
        var to = rising ? other : one;
        var seen = new ArrayList<PerkleEntry>();
        tree.walk(from, to, entry -> seen.add(entry.entry()));
        assertThat(seen).isEqualTo(entries(map.subMap(from, true, to, false)));
        seen.clear();
        tree.walk(from, null, entry -> seen.add(entry.entry()) && seen.size() < 3);
        assertThat(seen)
                .isEqualTo(entries(map.tailMap(from, true)).stream().limit(3).toList());
        seen.clear();
        tree.walkPrefix(one, entry -> seen.add(entry.entry()));
        assertThat(seen)
                .isEqualTo(entries(map).stream()
                        .filter(entry -> startsWith(entry.key(), one))
                        .toList());
        assertThat(seen).allMatch(entry -> cursorOf(tree, entry).keySharesPrefix(one, one.length));
    }

    private static PerkleCursor cursorOf(PerkleTree tree, PerkleEntry entry) {
        var cursor = new PerkleCursor();
        assertThat(tree.find(entry.key(), cursor)).isTrue();
        assertThat(cursor.keyLength()).isEqualTo(entry.key().length);
        assertThat(cursor.valueLength()).isEqualTo(entry.value().length);
        assertThat(cursor.valueSource().rest()).isEqualTo(entry.value());
        return cursor;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalContentsAreEqualTreesWhateverCameBefore(long seed) {
        var random = new Random(seed);
        var keys = new RandomKeys(random);
        var map = newMap();
        for (int i = random.nextInt(300); i > 0; i--) {
            map.put(keys.any(), keys.value());
        }
        var straight = PerkleTree.ofSorted(entries(map));

        var shuffled = entries(map);
        Collections.shuffle(shuffled, random);
        var roundabout = PerkleTree.EMPTY;
        for (var entry : shuffled) {
            roundabout = roundabout.with(keys.any(), keys.value()).with(entry.key(), keys.value());
        }
        for (var entry : PerkleWalk.entries(roundabout.root())) {
            roundabout = map.containsKey(entry.key()) ? roundabout : roundabout.without(entry.key());
        }
        for (var entry : shuffled) {
            roundabout = roundabout.with(entry.key(), entry.value());
        }

        PerkleShape.check(straight);
        PerkleShape.check(roundabout);
        assertThat(roundabout.rootHash()).isEqualTo(straight.rootHash());
        assertThat(differences(straight, roundabout)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void differentContentsHaveDifferentHashes(long seed) {
        var random = new Random(seed);
        var keys = new RandomKeys(random);
        var map = newMap();
        var tree = PerkleTree.EMPTY;
        var seen = new TreeMap<Long, List<PerkleEntry>>();
        seen.put(tree.rootHash(), entries(map));
        for (int i = 0; i < 100; i++) {
            var key = keys.near(map);
            if (random.nextBoolean()) {
                var value = keys.value();
                map.put(key, value);
                tree = tree.with(key, value);
            } else {
                map.remove(key);
                tree = tree.without(key);
            }
            var before = seen.putIfAbsent(tree.rootHash(), entries(map));
            assertThat(before == null || before.equals(entries(map))).isTrue();
        }
        assertThat(seen).hasSizeGreaterThan(10);
    }

    @Test
    void tellsApartWhatIsKeyAndWhatIsValue() {
        var one = PerkleTree.EMPTY.with(new byte[] {1}, new byte[] {2, 3});
        var other = PerkleTree.EMPTY.with(new byte[] {1, 2}, new byte[] {3});
        var swapped = PerkleTree.EMPTY.with(new byte[] {1}, new byte[] {8}).with(new byte[] {2}, new byte[] {9});
        var straight = PerkleTree.EMPTY.with(new byte[] {1}, new byte[] {9}).with(new byte[] {2}, new byte[] {8});

        assertThat(one.rootHash()).isNotEqualTo(other.rootHash());
        assertThat(straight.rootHash()).isNotEqualTo(swapped.rootHash());
        assertThat(PerkleTree.EMPTY.with(NOTHING, NOTHING).rootHash()).isNotEqualTo(PerkleTree.EMPTY.rootHash());
    }

    @Test
    void changesNothingWhenThereIsNothingToChange() {
        var tree = PerkleTree.EMPTY;
        for (int i = 0; i < 100; i++) {
            tree = tree.with(new byte[] {(byte) i, 7}, new byte[] {(byte) i});
        }

        assertThat(tree.with(new byte[] {50, 7}, new byte[] {50})).isSameAs(tree);
        assertThat(tree.without(new byte[] {50})).isSameAs(tree);
        assertThat(tree.without(new byte[] {50, 7, 0})).isSameAs(tree);
    }

    /** A branch whose last but one child goes is no branch any more. */
    @Test
    void aBranchWithOneChildGivesWayToIt() {
        var tree = PerkleTree.EMPTY;
        for (int i = 0; i < 100; i++) {
            tree = tree.with(new byte[] {1, 2, (byte) i}, NOTHING);
        }
        for (var apart : List.of(new byte[] {7}, new byte[] {1, 3}, new byte[] {1, 2})) {
            var roundabout = tree.with(apart, NOTHING).without(apart);

            PerkleShape.check(roundabout);
            assertThat(differences(tree, roundabout)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersQuestionsAboutSubtreesCompletely(long seed) {
        var random = new Random(seed);
        var keys = new RandomKeys(random);
        var map = newMap();
        for (int i = random.nextInt(500); i > 0; i--) {
            map.put(keys.any(), keys.value());
        }
        var tree = PerkleTree.ofSorted(entries(map));
        for (int i = 0; i < 50; i++) {
            var key = keys.near(map);
            int depth = random.nextInt(key.length * Nibbles.PER_BYTE + 1);
            var prefix = new PerklePrefix(Nibbles.path(key, depth), depth);

            var subtree = new SubtreeReader(tree).read(new Subtree.Question(prefix, random.nextBoolean()));

            long hash = subtree.entries().stream().mapToLong(PerkleEntry::hash).sum();
            int size = subtree.entries().size();
            for (var child : subtree.children()) {
                assertThat(prefix.contains(child.prefix().path())).isTrue();
                assertThat(child.prefix().depth()).isGreaterThan(depth);
                assertThat(child.summary()).isEqualTo(tree.summary(child.prefix()));
                hash += child.summary().hash();
                size += child.summary().size();
            }
            assertThat(subtree.entries()).allMatch(entry -> prefix.contains(entry.key()));
            assertThat(new PerkleSummary(hash, size)).isEqualTo(tree.summary(prefix));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tellsExactlyWhatDiffers(long seed) {
        var random = new Random(seed);
        var keys = new RandomKeys(random);
        var map = newMap();
        for (int i = random.nextInt(500); i > 0; i--) {
            map.put(keys.any(), keys.value());
        }
        var changed = newMap();
        changed.putAll(map);
        for (int i = random.nextInt(200); i > 0; i--) {
            var key = keys.near(changed);
            if (random.nextBoolean()) {
                changed.remove(key);
            } else {
                changed.put(key, keys.value());
            }
        }

        var told = differences(PerkleTree.ofSorted(entries(map)), PerkleTree.ofSorted(entries(changed)));

        var all = newMap();
        all.putAll(map);
        all.putAll(changed);
        var expected = all.keySet().stream()
                .filter(key -> !Arrays.equals(map.get(key), changed.get(key)))
                .map(key -> difference(key, map.get(key), changed.get(key)))
                .toList();
        assertThat(told).isEqualTo(expected);
    }

    /** A hundred thousand partitions, ten of them changed: only what lies on ten ways is looked at. */
    @ParameterizedTest
    @MethodSource("tenSeeds")
    void looksOnlyAtWhatDiffers(long seed) {
        var random = new Random(seed);
        var map = newMap();
        while (map.size() < 100_000) {
            var key = new byte[8];
            random.nextBytes(key);
            map.put(key, NOTHING);
        }
        var entries = entries(map);
        var tree = PerkleTree.ofSorted(entries);
        var changed = tree;
        int changes = 10;
        for (int i = 0; i < changes; i++) {
            changed = changed.with(entries.get(random.nextInt(entries.size())).key(), new byte[] {(byte) i});
        }

        int compared = tree.diff(changed, (_, _, _) -> {});

        int depth = 5; // 16^4 buckets hold 100,000 keys: four branches and a bucket
        var built = PerkleTree.ofSorted(PerkleWalk.entries(changed.root())); // shares no node with the first
        assertThat(tree.diff(built, (_, _, _) -> {})).isEqualTo(compared);
        assertThat(compared).isGreaterThan(changes).isLessThan(changes * depth * 16);
        assertThat(tree.diff(tree, (_, _, _) -> {})).isEqualTo(1);
    }

    static LongStream tenSeeds() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void summarisesWhatIsUnderAPrefix(long seed) {
        var random = new Random(seed);
        var keys = new RandomKeys(random);
        var map = newMap();
        for (int i = random.nextInt(300); i > 0; i--) {
            map.put(keys.any(), keys.value());
        }
        var tree = PerkleTree.ofSorted(entries(map));
        for (int i = 0; i < 50; i++) {
            var key = keys.near(map);
            int depth = random.nextInt(key.length * Nibbles.PER_BYTE + 1);
            var prefix = new PerklePrefix(Nibbles.path(key, depth), depth);

            var inside = entries(map).stream()
                    .filter(entry -> prefix.contains(entry.key()))
                    .toList();

            assertThat(tree.summary(prefix))
                    .isEqualTo(new PerkleSummary(
                            inside.stream().mapToLong(PerkleEntry::hash).sum(), inside.size()));
        }
    }

    @Test
    void keepsLongKeysAndLongValues() {
        var random = new Random(1);
        var map = newMap();
        var tree = PerkleTree.EMPTY;
        for (int i = 0; i < 60; i++) {
            var key = new byte[random.nextInt(200, 4_000)];
            Arrays.fill(key, (byte) 0xAB);
            key[key.length - 1] = (byte) i;
            var value = new byte[random.nextInt(5_000)];
            random.nextBytes(value);
            map.put(key, value);
            tree = tree.with(key, value);
        }

        PerkleShape.check(tree);
        assertThat(PerkleWalk.entries(tree.root())).isEqualTo(entries(map));
        map.keySet().forEach(key -> checkLookups(PerkleTree.ofSorted(entries(map)), map, key));
    }

    @Test
    void refusesKeysThatDoNotRiseAndKeysThatAreTooLong() {
        var one = new PerkleEntry(new byte[] {1}, NOTHING);
        var two = new PerkleEntry(new byte[] {(byte) 0x80}, NOTHING);

        assertThat(PerkleTree.ofSorted(List.of(one, two)).size()).isEqualTo(2);
        assertThatThrownBy(() -> PerkleTree.ofSorted(List.of(two, one))).hasMessageContaining("do not rise at entry 1");
        assertThatThrownBy(() -> PerkleTree.ofSorted(List.of(one, one))).hasMessageContaining("do not rise at entry 1");
        assertThatThrownBy(() -> PerkleTree.EMPTY.with(new byte[0x10000], NOTHING))
                .hasMessageContaining("65536 bytes");
    }

    @Test
    void lookupAllocatesNothing() {
        var random = new Random(1);
        var tree = PerkleTree.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            var key = new byte[8];
            random.nextBytes(key);
            tree = tree.with(key, NOTHING);
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var key = new byte[10];
        lookUp(tree, key);

        long before = threads.getCurrentThreadAllocatedBytes();
        int found = lookUp(tree, key);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isGreaterThan(1_900);
        assertThat(allocated).isLessThan(1_000); // what the measurement itself may take
    }

    private static int lookUp(PerkleTree tree, byte[] key) {
        var cursor = new PerkleCursor();
        int found = 0;
        for (int i = 0; i < 1_000; i++) {
            key[0] = (byte) i;
            key[1] = (byte) (i * 7);
            found += tree.floor(key, cursor) ? 1 : 0;
            found += tree.ceiling(key, cursor) ? 1 : 0;
        }
        return found;
    }

    private static NavigableMap<byte[], byte[]> newMap() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    private static List<PerkleEntry> entries(NavigableMap<byte[], byte[]> map) {
        var entries = new ArrayList<PerkleEntry>();
        map.forEach((key, value) -> entries.add(new PerkleEntry(key, value)));
        return entries;
    }

    private static @Nullable PerkleEntry entry(Map.@Nullable Entry<byte[], byte[]> entry) {
        return entry == null ? null : new PerkleEntry(entry.getKey(), entry.getValue());
    }

    private static @Nullable PerkleEntry shown(boolean found, PerkleCursor cursor) {
        return found ? cursor.entry() : null;
    }

    private static List<String> differences(PerkleTree tree, PerkleTree other) {
        var told = new ArrayList<String>();
        tree.diff(other, (key, mine, theirs) -> told.add(difference(key, mine, theirs)));
        return told;
    }

    private static String difference(byte[] key, byte @Nullable [] mine, byte @Nullable [] theirs) {
        return Arrays.toString(key) + ": " + Arrays.toString(mine) + " or " + Arrays.toString(theirs);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
