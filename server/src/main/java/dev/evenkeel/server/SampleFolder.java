package dev.evenkeel.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The folder of a sample cluster: one folder in it for each node. */
record SampleFolder(Path path) {

    /** In the order in which they were made: a1, b1, c1, a2, … */
    List<SampleNode> nodes() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var folders = Files.list(path)) {
            return folders.filter(it -> Files.isRegularFile(it.resolve(SampleNode.CONFIG_FILE)))
                    .map(this::nodeIn)
                    .sorted(Comparator.comparing((SampleNode node) -> node.id().substring(1))
                            .thenComparing(SampleNode::id))
                    .toList();
        }
    }

    private SampleNode nodeIn(Path folder) {
        String id = folder.getFileName().toString();
        return new SampleNode(id, path.toAbsolutePath().normalize().resolve(id));
    }

    SampleNode newNode(String id) {
        return nodeIn(path.resolve(id));
    }

    /** Those that are there, of which there must be some. */
    List<SampleNode> existingNodes() throws IOException {
        List<SampleNode> nodes = nodes();
        if (nodes.isEmpty()) {
            throw new StartException(
                    "There is no cluster in " + path
                            + "; 'evenkeel cluster start' makes one, --dir names another folder",
                    null);
        }
        return nodes;
    }

    /** The nodes of those names; all when none is named. */
    List<SampleNode> nodes(List<String> names) throws IOException {
        List<SampleNode> nodes = existingNodes();
        var known = nodes.stream().map(SampleNode::id).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new StartException(
                        "There is no node " + name + " in " + path + "; there are " + String.join(", ", known), null);
            }
        }
        return names.isEmpty()
                ? nodes
                : nodes.stream().filter(node -> names.contains(node.id())).collect(Collectors.toList());
    }

    /** Keeps others from starting nodes in the folder; goes with this process at the latest. */
    FileChannel lock() throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new StartException("Somebody else starts the cluster in " + path + " at this moment", null);
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }
}
