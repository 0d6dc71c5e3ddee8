package dev.evenkeel.server.cluster;

import dev.evenkeel.storage.DataFolder;
import dev.evenkeel.storage.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A node whose log is damaged begins anew from the other nodes. What it has is moved aside, for whoever wants to look at
 * it. A marker says that it is under way, so that a crash in between does not leave a node that is empty and does not know
 * why: until the others have let it go, its vote must not count. All of it is within the data folder, which may be a file
 * system of its own.
 *
 * <pre>
 * rebuilding.begun written → parts moved into damaged-… → renamed to rebuilding
 *     → out of all groups → begun anew, follows the catalog → rebuilding deleted
 * </pre>
 */
final class NodeRebuild {
    private NodeRebuild() {}

    private static final String ASIDE = "damaged-";

    private static Path marker(Path data) {
        return data.resolve("rebuilding");
    }

    private static Path begun(Path data) {
        return data.resolve("rebuilding.begun");
    }

    /** In the folder, which is otherwise whole. */
    private static Path catalogMarker(Path data) {
        return data.resolve("catalog.rebuilding");
    }

    static boolean isUnderWay(Path data) {
        return Files.exists(marker(data));
    }

    /** To be called while nothing of the folder is open. */
    static void begin(Path data, String reason, Instant now) {
        try {
            mark(begun(data), reason);
            moveAside(data, now);
        } catch (IOException e) {
            throw new UncheckedIOException("what is damaged in " + data + " cannot be moved aside: " + e, e);
        }
    }

    /** Ends what a crash has cut short, before the folder is opened. */
    static void goOn(Path data, Instant now) {
        if (Files.exists(begun(data))) {
            try {
                moveAside(data, now);
            } catch (IOException e) {
                throw new UncheckedIOException("what is damaged in " + data + " cannot be moved aside: " + e, e);
            }
        }
    }

    private static void moveAside(Path data, Instant now) throws IOException {
        var aside = Files.createDirectories(data.resolve(ASIDE + now.toEpochMilli()));
        try (var parts = Files.newDirectoryStream(data, NodeRebuild::isToBeMoved)) {
            for (var part : parts) {
                Files.move(part, aside.resolve(part.getFileName()));
            }
        }
        DurableFiles.syncFolder(aside);
        Files.move(begun(data), marker(data), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(data);
    }

    private static boolean isToBeMoved(Path part) {
        var name = String.valueOf(part.getFileName());
        return DataFolder.isPart(name) && !name.startsWith(ASIDE) && !name.startsWith("rebuilding");
    }

    /** The folder is empty, and should not be. */
    static void beginWithNothing(Path data) {
        try {
            mark(marker(data), "there was no data, but the others know this node");
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be noted in " + data + " that its data is lost", e);
        }
    }

    private static void mark(Path marker, String reason) throws IOException {
        try (var file = FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap((reason + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        }
        DurableFiles.syncFolder(DurableFiles.parent(marker));
    }

    static void done(Path data) {
        delete(marker(data));
    }

    // --- only its replica of the catalog; see CatalogReplica
    // -----------------------------------------------------------

    static boolean isCatalogUnderWay(Path data) {
        return Files.exists(catalogMarker(data));
    }

    static void beginCatalog(Path data, String reason) {
        try {
            mark(catalogMarker(data), reason);
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be noted in " + data + " that the catalog is damaged", e);
        }
    }

    static void catalogDone(Path data) {
        delete(catalogMarker(data));
    }

    private static void delete(Path marker) {
        try {
            Files.deleteIfExists(marker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
