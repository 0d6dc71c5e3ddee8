package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What stores, and those who keep them, do with files and folders as a whole. */
public final class DurableFiles {
    private DurableFiles() {}

    /** Makes the contents of a file durable, whoever wrote them. */
    static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes new names in a folder durable. Some systems cannot open a folder; they do without. */
    public static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                throw e;
            }
        }
    }

    /** The folder above, also of a path that does not name it. */
    public static Path parent(Path path) {
        var parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    /** Deletes a folder with all that is in it; nothing when it is missing. */
    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Makes way for a checkpoint: the folder is missing afterwards, and the one above it is there.
     *
     * @throws IllegalArgumentException when something is in it
     */
    static void clearWay(Path folder) throws IOException {
        Files.createDirectories(parent(folder));
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            throw new IllegalArgumentException("the folder for a checkpoint is not empty: " + folder, e);
        }
    }

    /** The failure of an operation on files; {@code what} says which. */
    static StorageException failure(String what, IOException e) {
        var message = what + ": " + e;
        return message.contains("No space left") || message.contains("quota exceeded")
                ? new StorageFullException(message, e)
                : new StorageIoException(message, e);
    }
}
