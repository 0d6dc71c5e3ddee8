package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one process for as long as this object is open.
 *
 * <pre>
 * FORMAT   "evenkeel data folder, format N" and a line feed; says who may read the rest
 * lock     locked by the process that uses the folder, and holds its process id
 * …        folders of the parts, see {@link #folder}
 * </pre>
 *
 * A folder that holds something else is left alone, so that a mistyped path does no harm.
 */
public final class DataFolder implements AutoCloseable {
    /**
     * The format that this version writes, and the newest it reads. 2: log entries with timestamps and of transactions, the
     * outbox of indexes. An older folder is this one's from the moment it is opened.
     */
    public static final int FORMAT = 2;

    private static final String FORMAT_FILE = "FORMAT";
    private static final String FORMAT_TEXT = "evenkeel data folder, format ";
    private static final String LOCK_FILE = "lock";
    private static final int FORMAT_BYTES_MAX = 100;

    /** What a first start that was cut short leaves, and what a new file system has at its root. */
    private static final Set<String> NO_DATA = Set.of(LOCK_FILE, FORMAT_FILE + ".new", "lost+found");

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a folder, making it when it is missing.
     *
     * @throws DataFolderException when another process has it, its format is newer, it holds something else, or the
     *     operating system does not let us
     */
    public static DataFolder open(Path root) {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
            }
            checkOurs(root);
            return locked(root);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw new DataFolderException("The data folder " + root + " cannot be used: " + reason(e), e);
        }
    }

    private static void checkOurs(Path root) throws IOException {
        try (var names = Files.newDirectoryStream(root)) {
            boolean isEmpty = true;
            for (var path : names) {
                var name = Objects.requireNonNull(path.getFileName()).toString();
                if (name.equals(FORMAT_FILE)) {
                    return;
                }
                isEmpty &= NO_DATA.contains(name);
            }
            if (!isEmpty) {
                throw new DataFolderException(
                        "The folder " + root
                                + " holds something else and no data of Evenkeel: name an empty or a new one",
                        null);
            }
        }
    }

    private static DataFolder locked(Path root) throws IOException {
        var channel = FileChannel.open(
                root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var lock = tryLock(channel);
            if (lock == null) {
                throw new DataFolderException(
                        "The data folder " + root + " is in use by another process" + processId(channel), null);
            }
            checkFormat(root);
            channel.truncate(0);
            channel.write(ascii(Long.toString(ProcessHandle.current().pid())), 0);
            return new DataFolder(root, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it open
        }
    }

    private static String processId(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
        return text.matches("\\d+") ? " (" + text + ")" : "";
    }

    private static void checkFormat(Path root) throws IOException {
        var file = root.resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            writeFormat(root, file);
            return;
        }
        var text = Files.size(file) > FORMAT_BYTES_MAX ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!text.matches(FORMAT_TEXT + "\\d{1,9}\\n")) {
            throw new DataFolderException("The file " + file + " is damaged: it should name the folder's format", null);
        }
        int format = Integer.parseInt(text.strip().substring(FORMAT_TEXT.length()));
        if (format > FORMAT) {
            throw new DataFolderException(
                    "The data folder " + root + " has format " + format
                            + ", which a newer Evenkeel wrote; this one reads " + FORMAT,
                    null);
        }
        if (format < FORMAT) {
            writeFormat(root, file); // before anything is written that the older one could not read
        }
    }

    private static void writeFormat(Path root, Path file) throws IOException {
        var partial = root.resolve(FORMAT_FILE + ".new");
        try (var output = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            output.write(ascii(FORMAT_TEXT + FORMAT + "\n"));
            output.force(true);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(root);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String reason(Exception e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
            case NotDirectoryException not -> not.getFile() + " is not a folder";
            case ReadOnlyFileSystemException _ -> "the file system is read-only";
            case FileSystemException other ->
                Objects.requireNonNullElse(other.getReason(), other.toString()) + ": " + other.getFile();
            default -> e.toString();
        };
    }

    public Path root() {
        return root;
    }

    /** Whether a name in a data folder is that of a part, and not of what makes it one. */
    public static boolean isPart(String name) {
        return !name.equals(FORMAT_FILE) && !NO_DATA.contains(name);
    }

    /** The folder of one part, made when it is missing. */
    public Path folder(String name) {
        var folder = root.resolve(name);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
                DurableFiles.syncFolder(root);
            }
            return folder;
        } catch (IOException e) {
            throw new DataFolderException("The data folder " + root + " cannot be used: " + reason(e), e);
        }
    }

    /** Leaves the folder to others. Close what lives in it first. */
    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new DataFolderException("The data folder " + root + " cannot be released: " + reason(e), e);
        }
    }
}
