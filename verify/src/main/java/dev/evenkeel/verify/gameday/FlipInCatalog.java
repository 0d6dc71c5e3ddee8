package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One bit of a node's replica of the catalog is flipped while the node runs: in its snapshots or in its entries in the
 * log. The node may read it or not; then it is killed and started again, and does read it. It must get its catalog back
 * from the others without a person.
 */
final class FlipInCatalog implements Fault {
    private static final int CATALOG_GROUP = 0;

    private final ClusterUnderTest cluster;
    private final ClusterNode node;
    private final SplittableRandom random;
    private String where = "";
    private List<StoredBit> flipped = List.of();

    FlipInCatalog(ClusterUnderTest cluster, ClusterNode node, SplittableRandom random) {
        this.cluster = cluster;
        this.node = node;
        this.random = random;
    }

    @Override
    public String describe() {
        return "a bit flipped in the catalog of " + node;
    }

    @Override
    public void inject() throws IOException {
        var bits = random.nextBoolean() ? snapshots() : entries();
        if (bits.isEmpty()) {
            bits = entries();
        }
        if (!bits.isEmpty()) {
            var bit = bits.get(random.nextInt(bits.size()));
            bit.flip();
            where = bit.where(node.data());
            flipped = List.of(bit);
        }
    }

    private List<StoredBit> snapshots() throws IOException {
        var bits = new ArrayList<StoredBit>();
        for (var folder : List.of("catalog", "snapshots/g" + CATALOG_GROUP)) {
            for (var file : StoredBit.files(node.data().resolve(folder), _ -> true)) {
                bits.add(StoredBit.any(file, random));
            }
        }
        return bits;
    }

    /** The end of the log is left alone, as {@link BitFlip} says. */
    private List<StoredBit> entries() throws IOException {
        var bits = new ArrayList<StoredBit>();
        for (var file : StoredBit.files(node.data().resolve("log"), name -> name.endsWith(".log"))) {
            long end = StoredBit.written(file) / 2;
            LogRecords.bodies(file, CATALOG_GROUP).stream()
                    .filter(offset -> offset < end)
                    .forEach(offset -> bits.add(StoredBit.of(file, offset, random)));
        }
        return bits;
    }

    @Override
    public String heal() throws IOException, InterruptedException {
        cluster.kill(node);
        try {
            cluster.start(node);
            return where.isEmpty() ? "it had no catalog to damage" : where;
        } catch (GameDayException refused) {
            for (var bit : flipped) {
                bit.flip();
            }
            cluster.start(node); // so that the day can go on
            throw new GameDayException(node + " does not heal its catalog, " + where + ": " + refused.getMessage());
        }
    }
}
