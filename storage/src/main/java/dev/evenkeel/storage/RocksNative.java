package dev.evenkeel.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads the native library, unpacked once into a folder that stays. Left alone, the library unpacks its 17 MB into the
 * temporary folder at every start.
 */
final class RocksNative {
    private static boolean loaded;

    private RocksNative() {}

    /** Does nothing when the process has loaded it before, from wherever. */
    static synchronized void load(Path cache) {
        if (loaded) {
            return;
        }
        try {
            RocksDB.loadLibrary(List.of(unpacked(cache).toString()));
        } catch (IOException e) {
            throw new StorageIoException("Cannot unpack the native library of RocksDB into " + cache + ": " + e, e);
        } catch (UnsatisfiedLinkError e) {
            throw new StorageIoException("Cannot load the native library of RocksDB: " + e.getMessage(), e);
        }
        loaded = true;
    }

    /** The folder that has the library, named after its contents so that versions do not meet. */
    private static Path unpacked(Path cache) throws IOException {
        var name = Environment.getJniLibraryFileName("rocksdb");
        var resource = RocksDB.class.getClassLoader().getResource(name);
        if (resource == null) {
            throw new IOException("there is none for this machine (" + name + ")");
        }
        var connection = resource.openConnection();
        var version = connection instanceof JarURLConnection jar
                ? HexFormat.of().toHexDigits((int) jar.getJarEntry().getCrc())
                : Long.toString(connection.getContentLengthLong());
        var folder = cache.resolve("rocksdbjni-" + version);
        var library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni")); // as loadLibrary looks for it
        if (!Files.exists(library) || Files.size(library) != connection.getContentLengthLong()) {
            Files.createDirectories(folder);
            var partial = Files.createTempFile(folder, name, ".partial");
            try (var input = connection.getInputStream()) {
                Files.copy(input, partial, StandardCopyOption.REPLACE_EXISTING);
                Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException | UncheckedIOException e) {
                Files.deleteIfExists(partial);
                throw e;
            }
        }
        return folder.toAbsolutePath();
    }
}
