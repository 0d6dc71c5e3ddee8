package dev.evenkeel.server.cluster;

import dev.evenkeel.storage.DataFolderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The folder of a cluster in one process: a data folder for each zone, and a file {@code cluster} with its name. Replicas
 * know each other by names that begin with it, so it stays when the folder is moved; and it is random, so that no two
 * clusters of a process have the same.
 */
final class ZonesFolder {
    private static final String NAME_FILE = "cluster";
    private static final Pattern NAME = Pattern.compile("zones-[0-9a-f]{8}\n");
    private static final int NAME_BYTES_MAX = 100;

    private ZonesFolder() {}

    /**
     * The name of the cluster in that folder, which is made when it is missing.
     *
     * @throws DataFolderException when the folder holds something else, or the operating system does not let us
     */
    static String clusterName(Path root) {
        try {
            Files.createDirectories(root);
            checkOurs(root);
            try (var channel = FileChannel.open(
                            root.resolve(NAME_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
                    var _ = channel.lock()) { // or two processes give it two names
                return clusterName(root, channel);
            }
        } catch (IOException | OverlappingFileLockException e) {
            throw new DataFolderException("The data folder " + root + " cannot be used: " + e, e);
        }
    }

    private static void checkOurs(Path root) throws IOException {
        if (!Files.exists(root.resolve(NAME_FILE)) && !isEmpty(root, 0)) {
            throw new DataFolderException(
                    "The folder " + root
                            + " does not hold the data of three zones: name an empty or a new one, or leave"
                            + " out --zones 3",
                    null);
        }
    }

    private static boolean isEmpty(Path root, int namesBeside) throws IOException {
        try (var names = Files.list(root)) {
            return names.count() <= namesBeside;
        }
    }

    private static String clusterName(Path root, FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(NAME_BYTES_MAX);
        channel.read(bytes, 0);
        var name = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        if (!NAME.matcher(name).matches()) {
            if (!isEmpty(root, 1)) { // else a first start was cut short
                throw new DataFolderException(
                        "The file " + root.resolve(NAME_FILE) + " is damaged: it should name the cluster", null);
            }
            name = "zones-"
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)), 0);
            channel.force(true);
        }
        return name.strip();
    }
}
