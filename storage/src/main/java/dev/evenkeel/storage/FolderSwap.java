package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * Replaces a folder by another as a whole, in steps that a crash may cut anywhere. The folders stand beside each other:
 *
 * <pre>
 * store              the one in use
 * store.incoming     being filled; worth nothing
 * store.complete     filled and durable: it wins, whatever else there is
 * store.outgoing     the old one, on its way out
 * </pre>
 *
 * Renaming {@code incoming} to {@code complete} decides: before it, {@link #recover} comes back to the old contents,
 * after it to the new ones. The folder must not be the root of a file system of its own, since it is renamed.
 */
final class FolderSwap {
    private final Path folder;
    private final Path incoming;
    private final Path complete;
    private final Path outgoing;

    FolderSwap(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        var name = Objects.requireNonNull(this.folder.getFileName(), "a store cannot live in the root folder");
        this.incoming = this.folder.resolveSibling(name + ".incoming");
        this.complete = this.folder.resolveSibling(name + ".complete");
        this.outgoing = this.folder.resolveSibling(name + ".outgoing");
    }

    /** An empty folder to fill. */
    Path begin() throws IOException {
        DurableFiles.deleteTree(incoming);
        return Files.createDirectory(incoming);
    }

    /** Leaves everything as it was before {@link #begin}. */
    void giveUp() throws IOException {
        DurableFiles.deleteTree(incoming);
    }

    /** Decides for the new folder, whose files must be durable. */
    void decide() throws IOException {
        DurableFiles.syncFolder(incoming);
        rename(incoming, complete);
    }

    /** Takes the old folder out of the way; nobody may use it any more. */
    void takeOut() throws IOException {
        DurableFiles.deleteTree(outgoing);
        if (Files.exists(folder)) {
            rename(folder, outgoing);
        }
    }

    void putIn() throws IOException {
        rename(complete, folder);
    }

    void cleanUp() throws IOException {
        DurableFiles.deleteTree(outgoing);
    }

    /**
     * Ends what a crash cut short; to be called before the folder is used.
     *
     * @return false when the folder is gone, and nothing is there in its place
     */
    boolean recover() throws IOException {
        DurableFiles.deleteTree(incoming);
        if (Files.exists(complete)) {
            takeOut();
            putIn();
        } else if (Files.exists(outgoing) && isEmpty(folder)) {
            return false;
        }
        cleanUp();
        return true;
    }

    /** Deletes all of it; the folder that would win goes first. */
    void delete() throws IOException {
        for (var path : List.of(complete, incoming, folder, outgoing)) {
            DurableFiles.deleteTree(path);
        }
        DurableFiles.syncFolder(DurableFiles.parent(folder));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(
                DurableFiles.parent(to)); // each step durable before the next: no later one overtakes it
    }
}
