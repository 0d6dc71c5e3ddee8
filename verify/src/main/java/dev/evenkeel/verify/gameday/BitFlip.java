package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A node is killed, one bit of what it holds is flipped, and it is started again. It must start and
 * mend itself, or find the damage when it reads there, and must never serve it.
 *
 * <p>The end of the newest log file is left alone: what was not flushed when the node was killed looks like a torn write,
 * and the node is right to cut it off.
 */
final class BitFlip implements Fault {
    private static final List<String> ENDINGS = List.of(".log", ".sst", ".snapshot");

    private final ClusterUnderTest cluster;
    private final ClusterNode node;
    private final SplittableRandom random;

    BitFlip(ClusterUnderTest cluster, ClusterNode node, SplittableRandom random) {
        this.cluster = cluster;
        this.node = node;
        this.random = random;
    }

    @Override
    public String describe() {
        return "a bit flipped in a file of " + node;
    }

    @Override
    public void inject() throws IOException, InterruptedException {
        cluster.kill(node);
    }

    @Override
    public String heal() throws IOException, InterruptedException {
        var files = StoredBit.files(node.data(), name -> ENDINGS.stream().anyMatch(ending -> name.endsWith(ending)));
        if (files.isEmpty()) {
            cluster.start(node);
            return "it had no file to damage";
        }
        var bit = StoredBit.any(files.get(random.nextInt(files.size())), random);
        bit.flip();
        var where = bit.where(node.data());
        try {
            cluster.start(node);
            return where;
        } catch (GameDayException refused) { // so it wrote nothing, and the bit may be put right again
            bit.flip();
            cluster.start(node); // so that what it holds can be looked at
            throw new GameDayException(node + " does not start on damage, " + where + ": " + refused.getMessage());
        }
    }
}
