package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A node is killed, one bit of what it holds is flipped, and it is started again. It may refuse to run on damage, or find
 * it when it reads there, but must never serve it.
 *
 * <p>The end of the newest log file is left alone: a single node cannot tell damage there from a torn write, and is right
 * to cut it off.
 */
final class BitFlip implements Fault {
    private static final List<String> ENDINGS = List.of(".log", ".sst", ".snapshot");
    private static final int BYTES_MIN = 64;
    private static final int BITS = 8;

    private final ClusterUnderTest cluster;
    private final ClusterNode node;
    private final SplittableRandom random;
    private String where = "";

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
        var files = files(node.data());
        if (files.isEmpty()) {
            cluster.start(node);
            return "it had no file to damage";
        }
        var file = files.get(random.nextInt(files.size()));
        long offset = random.nextLong(Math.max(1, written(file) / 2));
        int bit = random.nextInt(BITS);
        flip(file, offset, bit);
        where = node.data().relativize(file) + ", byte " + offset;
        try {
            cluster.start(node);
            return where;
        } catch (GameDayException _) { // it refused, so it wrote nothing, and the bit may be put right again
            flip(file, offset, bit);
            cluster.start(node);
            return where + ": it refused to run on that; mended by hand";
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path ->
                            ENDINGS.stream().anyMatch(ending -> name(path).endsWith(ending)))
                    .filter(path -> path.toFile().length() > BYTES_MIN)
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    /** Up to the last byte that is not zero: files are made longer before they are filled. */
    private static long written(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var block = ByteBuffer.allocate(64 * 1024);
            for (long end = channel.size(); end > 0; end -= block.capacity()) {
                long begin = Math.max(0, end - block.capacity());
                block.clear().limit((int) (end - begin));
                channel.read(block, begin);
                for (int i = (int) (end - begin) - 1; i >= 0; i--) {
                    if (block.get(i) != 0) {
                        return begin + i + 1;
                    }
                }
            }
            return 0;
        }
    }

    private static void flip(Path file, long offset, int bit) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1 << bit)).rewind();
            channel.write(one, offset);
        }
    }
}
