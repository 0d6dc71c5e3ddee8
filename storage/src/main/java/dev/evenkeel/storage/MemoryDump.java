package dev.evenkeel.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The checkpoint of a {@link MemoryStore}: one file, {@value #FILE}.
 *
 * <pre>
 * header   "evenkeel", version (4 bytes)
 * block    length of the entries (4 bytes, above 0), entries: length of the key, length of the value (4 bytes each), key, value
 * …
 * trailer  0 (4 bytes), number of entries (8 bytes), applied LSN (8 bytes)
 * </pre>
 *
 * Each part is followed by its CRC32C (4 bytes), which covers the length too; numbers are big-endian. Keys ascend over
 * the whole file, so a block that is missing, doubled or out of place shows in the order or in the number. A file
 * without its trailer was not finished.
 */
final class MemoryDump {
    static final String FILE = "contents";

    private static final byte[] MAGIC = {'e', 'v', 'e', 'n', 'k', 'e', 'e', 'l'};
    private static final int VERSION = 1;
    private static final int BLOCK_BYTES = 256 << 10; // a block is cut behind the entry that reaches this
    private static final int ENTRY_BYTES_MIN = 2 * Integer.BYTES + 1;

    private MemoryDump() {}

    /** What a file contains. */
    record Contents(Node root, long appliedLsn) {}

    static void write(Path folder, Cursor entries, long appliedLsn) throws IOException {
        DurableFiles.clearWay(folder);
        Files.createDirectory(folder);
        try (var channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeParts(Channels.newOutputStream(channel), entries, appliedLsn);
            channel.force(true);
        }
        DurableFiles.syncFolder(folder);
        DurableFiles.syncFolder(DurableFiles.parent(folder));
    }

    private static void writeParts(OutputStream output, Cursor entries, long appliedLsn) throws IOException {
        writePart(
                output,
                ByteBuffer.allocate(MAGIC.length + Integer.BYTES + Integer.BYTES)
                        .put(MAGIC)
                        .putInt(VERSION));
        var block = newBlock(BLOCK_BYTES);
        long count = 0;
        while (entries.next()) {
            block = withEntry(block, entries.key(), entries.value());
            count++;
            if (block.position() >= BLOCK_BYTES) {
                writeBlock(output, block);
                block = newBlock(BLOCK_BYTES);
            }
        }
        if (block.position() > Integer.BYTES) {
            writeBlock(output, block);
        }
        writePart(
                output,
                ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES + Integer.BYTES)
                        .putInt(0)
                        .putLong(count)
                        .putLong(appliedLsn));
    }

    /** Room for entries with the length before and the checksum behind them. */
    private static ByteBuffer newBlock(int entryBytes) {
        return ByteBuffer.allocate(Integer.BYTES + entryBytes + Integer.BYTES).position(Integer.BYTES);
    }

    private static ByteBuffer withEntry(ByteBuffer block, byte[] key, byte[] value) {
        int entryBytes = 2 * Integer.BYTES + key.length + value.length;
        var target = block;
        if (block.remaining() < entryBytes + Integer.BYTES) {
            target = newBlock(block.position() - Integer.BYTES + entryBytes)
                    .put(block.flip().position(Integer.BYTES));
        }
        return target.putInt(key.length).putInt(value.length).put(key).put(value);
    }

    private static void writeBlock(OutputStream output, ByteBuffer block) throws IOException {
        block.putInt(0, block.position() - Integer.BYTES);
        writePart(output, block);
    }

    private static void writePart(OutputStream output, ByteBuffer part) throws IOException {
        part.putInt(checksum(part.array(), part.position()));
        output.write(part.array(), 0, part.position());
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Reads and checks the whole file. */
    static Contents read(Path folder) {
        var file = folder.resolve(FILE);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var input = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)))) {
            return new Reader(file, input, channel.size()).read();
        } catch (NoSuchFileException e) {
            throw new StorageCorruptException("Checkpoint " + folder + ": the file " + FILE + " is missing", e);
        } catch (IOException e) {
            throw DurableFiles.failure("Checkpoint " + folder + ": the file " + FILE + " cannot be read", e);
        }
    }

    /** One pass over a file, front to back. */
    private static final class Reader {
        private final Path file;
        private final InputStream input;
        private final TreeBuilder tree = new TreeBuilder();
        private long left;
        private long count;
        private byte[] lastKey = {};

        Reader(Path file, InputStream input, long length) {
            this.file = file;
            this.input = input;
            this.left = length;
        }

        Contents read() throws IOException {
            readHeader();
            while (true) {
                var length = bytes(Integer.BYTES);
                int entryBytes = ByteBuffer.wrap(length).getInt();
                if (entryBytes == 0) {
                    return new Contents(tree.root(), readTrailer(length));
                }
                readEntries(part(length, entryBytes));
            }
        }

        private void readHeader() throws IOException {
            var header = part(new byte[0], MAGIC.length + Integer.BYTES);
            var magic = new byte[MAGIC.length];
            header.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw damaged("it is something else");
            }
            int version = header.getInt();
            if (version != VERSION) {
                throw new StorageIoException(
                        "The file " + file + " has version " + version + "; this Evenkeel reads " + VERSION, null);
            }
        }

        private long readTrailer(byte[] zero) throws IOException {
            var trailer = part(zero, 2 * Long.BYTES);
            if (trailer.getLong() != count) {
                throw damaged("entries are missing");
            }
            if (left != 0) {
                throw damaged("something follows its end");
            }
            return trailer.getLong();
        }

        private void readEntries(ByteBuffer entries) {
            try {
                while (entries.remaining() >= ENTRY_BYTES_MIN) {
                    int keyBytes = entries.getInt();
                    int valueBytes = entries.getInt();
                    addEntry(cut(entries, keyBytes), cut(entries, valueBytes));
                }
            } catch (BufferUnderflowException e) {
                throw damaged("an entry reaches over its block");
            }
            if (entries.hasRemaining()) {
                throw damaged("an entry is cut off");
            }
        }

        private static byte[] cut(ByteBuffer entries, int length) {
            if (length < 0 || length > entries.remaining()) {
                throw new BufferUnderflowException();
            }
            var bytes = new byte[length];
            entries.get(bytes);
            return bytes;
        }

        private void addEntry(byte[] key, byte[] value) {
            if (Arrays.compareUnsigned(lastKey, key) >= 0) {
                throw damaged("its keys do not ascend");
            }
            tree.add(key, value);
            lastKey = key;
            count++;
        }

        /** The next bytes, whose checksum covers them and what is already read of their part. */
        private ByteBuffer part(byte[] beginning, int length) throws IOException {
            var rest = bytes(length);
            int expected = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
            var crc = new CRC32C();
            crc.update(beginning);
            crc.update(rest);
            if ((int) crc.getValue() != expected) {
                throw damaged("a checksum is wrong");
            }
            return ByteBuffer.wrap(rest);
        }

        /** Asks for no more than there is, so that a damaged length does no harm. */
        private byte[] bytes(int length) throws IOException {
            if (length < 0 || length > left) {
                throw damaged("it is cut off");
            }
            var bytes = input.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("it became shorter meanwhile");
            }
            left -= length;
            return bytes;
        }

        private StorageCorruptException damaged(String how) {
            return new StorageCorruptException("The file " + file + " is damaged: " + how, null);
        }
    }
}
