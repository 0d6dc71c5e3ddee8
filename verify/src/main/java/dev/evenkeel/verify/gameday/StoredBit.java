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
import java.util.function.Predicate;

/** A bit in a file. Flipping it twice puts it right. */
record StoredBit(Path file, long offset, int bit) {
    private static final int BYTES_MIN = 16;
    private static final int BLOCK_BYTES = 64 * 1024;

    /** Any of a file's first half, as far as anything has been written to it. */
    static StoredBit any(Path file, SplittableRandom random) throws IOException {
        return of(file, random.nextLong(Math.max(1, written(file) / 2)), random);
    }

    static StoredBit of(Path file, long offset, SplittableRandom random) {
        return new StoredBit(file, offset, random.nextInt(Byte.SIZE));
    }

    /** Those below the folder that hold something, in an order that does not change; not what a node has moved aside. */
    static List<Path> files(Path folder, Predicate<String> isNamedRight) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !folder.relativize(path).toString().startsWith("damaged-"))
                    .filter(path -> isNamedRight.test(
                            Objects.requireNonNull(path.getFileName()).toString()))
                    .filter(path -> path.toFile().length() > BYTES_MIN)
                    .sorted()
                    .toList();
        }
    }

    /** Up to the last byte that is not zero: files are made longer before they are filled. */
    static long written(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var block = ByteBuffer.allocate(BLOCK_BYTES);
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

    void flip() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1 << bit)).rewind();
            channel.write(one, offset);
        }
    }

    /** Where it is, for the report. */
    String where(Path folder) {
        return folder.relativize(file) + ", byte " + offset;
    }
}
