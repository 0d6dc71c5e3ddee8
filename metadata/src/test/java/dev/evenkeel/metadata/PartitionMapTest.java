package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionMapTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void cutsTheHashSpaceEvenly() {
        var borders = PartitionMap.evenly(7, 4, 10, 3).asList();

        assertThat(borders)
                .extracting(PartitionDescriptor::toString)
                .containsExactly(
                        "partition 10 of table 7 [, 4000000000000000) in group 3",
                        "partition 11 of table 7 [4000000000000000, 8000000000000000) in group 3",
                        "partition 12 of table 7 [8000000000000000, c000000000000000) in group 3",
                        "partition 13 of table 7 [c000000000000000, ) in group 3");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheOnePartitionThatContainsAPosition(long seed) {
        var random = new Random(seed);
        var map = PartitionMap.evenly(1, random.nextInt(1, 100), 1, 1);
        for (int i = 0; i < 50; i++) {
            var position = anyPosition(random, map.asList());

            var containing =
                    map.asList().stream().filter(it -> it.contains(position)).toList();

            assertThat(containing).containsExactly(map.floor(position));
        }
    }

    /** Anywhere, at a border, or a byte before or behind one. */
    private static byte[] anyPosition(Random random, List<PartitionDescriptor> partitions) {
        var position = new byte[random.nextInt(20)];
        random.nextBytes(position);
        var border = partitions.get(random.nextInt(partitions.size())).from().clone();
        return switch (random.nextInt(4)) {
            case 0 -> border;
            case 1 -> Arrays.copyOf(border, border.length + 1);
            case 2 -> Arrays.copyOf(border, Math.max(0, border.length - 1));
            default -> position;
        };
    }

    @Test
    void refusesGapsAndOverlaps() {
        var map = PartitionMap.evenly(1, 3, 1, 1).asList();
        var withGap = new ArrayList<>(map);
        withGap.remove(1);

        assertThatThrownBy(() -> new PartitionMap(withGap)).hasMessageContaining("gap or overlap after partition 1");
        assertThatThrownBy(() -> new PartitionMap(map.subList(1, 3))).hasMessageContaining("first partition");
        assertThatThrownBy(() -> new PartitionMap(map.subList(0, 2))).hasMessageContaining("gap or overlap");
        assertThatThrownBy(() -> new PartitionMap(List.of())).hasMessageContaining("first partition");
        assertThatThrownBy(() -> new PartitionDescriptor(1, 1, new byte[] {2}, new byte[] {2}, 1))
                .hasMessageContaining("empty");
    }

    @Test
    void lookupAllocatesNothing() {
        var image = new Object() {
            CatalogImage value = CatalogImage.EMPTY;
        };
        for (int i = 0; i < 300; i++) { // beyond the ids that Java keeps boxed
            image.value = CatalogTransition.apply(
                    image.value,
                    new CatalogChange.CreateTable(Samples.plain("table-" + i), new Placement(8, 1)),
                    i + 1);
        }
        var position = HexFormat.of().parseHex("7fffffffffffffff6100");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        lookUp(image.value, position);

        long before = threads.getCurrentThreadAllocatedBytes();
        long found = lookUp(image.value, position);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isPositive();
        assertThat(allocated).isLessThan(1_000); // what the measurement itself may take
    }

    private static long lookUp(CatalogImage image, byte[] position) {
        long sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum += image.partitionOf(200, position).id();
        }
        return sum;
    }
}
