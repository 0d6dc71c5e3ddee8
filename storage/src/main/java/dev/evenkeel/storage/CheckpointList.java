package dev.evenkeel.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What files a checkpoint of a {@link RocksStore} has, in its file {@value #FILE}, written last:
 *
 * <pre>
 * evenkeel checkpoint, format 1
 * 000012.sst 4711 -
 * MANIFEST-000005 215 0badcafe
 * crc32c 8badf00d
 * </pre>
 *
 * Name, length and CRC32C of each file, then the CRC32C of the lines before. Tables go without: they are nearly all of
 * the bytes, and the engine's own checksums cover each of them, so a checkpoint need not read them. The other files are
 * small, and the engine would not notice, for one, that the end of its manifest is missing.
 */
record CheckpointList(List<Entry> entries) {
    static final String FILE = "CHECKPOINT";

    private static final String FORMAT_LINE = "evenkeel checkpoint, format 1\n";
    private static final String CHECKSUM_WORD = "crc32c ";
    private static final int CHECKSUM_LINE_BYTES = CHECKSUM_WORD.length() + 2 * Integer.BYTES + 1;
    private static final Pattern ENTRY = Pattern.compile("(\\w[\\w.-]*) (\\d{1,18}) (-|[0-9a-f]{8})");
    private static final String NO_CHECKSUM = "-";

    /** A file; no path, so that a list from elsewhere cannot reach out of its folder. */
    record Entry(String name, long length, String checksum) {
        boolean isTable() {
            return checksum.equals(NO_CHECKSUM);
        }
    }

    CheckpointList {
        entries = List.copyOf(entries);
    }

    /** The files that are in a folder. */
    static CheckpointList of(Path folder) throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = Objects.requireNonNull(file.getFileName()).toString();
                entries.add(new Entry(name, Files.size(file), name.endsWith(".sst") ? NO_CHECKSUM : checksum(file)));
            }
        }
        return new CheckpointList(entries);
    }

    private static String checksum(Path file) throws IOException {
        var crc = new CRC32C();
        try (var input = new CheckedInputStream(Files.newInputStream(file), crc)) {
            input.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Makes this list the last file of its folder, durably. */
    void write(Path folder) throws IOException {
        var text = new StringBuilder(FORMAT_LINE);
        for (var entry : entries) {
            text.append(entry.name())
                    .append(' ')
                    .append(entry.length())
                    .append(' ')
                    .append(entry.checksum())
                    .append('\n');
        }
        var checksum = checksum(text.toString());
        text.append(CHECKSUM_WORD).append(checksum).append('\n');
        try (var channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.US_ASCII.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        DurableFiles.syncFolder(folder);
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    static CheckpointList read(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StorageCorruptException("Checkpoint " + folder + ": the file " + FILE + " is missing", e);
        }
        int end = text.length() - CHECKSUM_LINE_BYTES;
        if (end < 0 || !text.substring(end).equals(CHECKSUM_WORD + checksum(text.substring(0, end)) + "\n")) {
            throw new StorageCorruptException("The file " + file + " is damaged: its checksum is wrong", null);
        }
        if (!text.startsWith(FORMAT_LINE)) {
            throw new StorageIoException(
                    "The file " + file + " has a format that this Evenkeel cannot read: "
                            + text.lines().findFirst().orElse(""),
                    null);
        }
        return new CheckpointList(text.substring(FORMAT_LINE.length(), end)
                .lines()
                .map(line -> entry(file, line))
                .toList());
    }

    private static Entry entry(Path file, String line) {
        var matcher = ENTRY.matcher(line);
        if (!matcher.matches()) {
            throw new StorageCorruptException("The file " + file + " is damaged: it says " + line, null);
        }
        return new Entry(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3));
    }

    /** Finds what shows without reading the tables. */
    void check(Path folder) throws IOException {
        for (var entry : entries) {
            var file = folder.resolve(entry.name());
            if (!Files.isRegularFile(file)) {
                throw new StorageCorruptException(
                        "Checkpoint " + folder + ": the file " + entry.name() + " is missing", null);
            }
            if (Files.size(file) != entry.length()) {
                throw new StorageCorruptException(
                        "The file " + file + " is damaged: it should have " + entry.length() + " bytes and has "
                                + Files.size(file),
                        null);
            }
            if (!entry.isTable() && !entry.checksum().equals(checksum(file))) {
                throw new StorageCorruptException("The file " + file + " is damaged: its checksum is wrong", null);
            }
        }
    }
}
