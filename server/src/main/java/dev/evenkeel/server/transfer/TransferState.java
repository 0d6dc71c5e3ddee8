package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far a transfer is, in a file that is replaced as a whole: after a crash it holds one state or the next. Its first line
 * says which transfer, then comes a line for each part, with tabs between its fields. Not for more than one thread.
 */
final class TransferState {
    private static final String VERSION = "evenkeel-transfer 1 ";
    private static final int FIELDS = 5;

    private final Path file;
    private final String transfer;
    private final List<PartState> parts;
    private long savedItems;

    private TransferState(Path file, String transfer, List<PartState> parts) {
        this.file = file;
        this.transfer = transfer;
        this.parts = new ArrayList<>(parts);
        this.savedItems = items();
    }

    /**
     * The state in that file, or else that of a transfer which has not begun.
     *
     * @param transfer says from where to where, in one line
     * @throws TransferException when the file is that of another transfer
     */
    static TransferState of(Path file, String transfer, List<String> partNames) {
        if (!Files.exists(file)) {
            return new TransferState(
                    file, transfer, partNames.stream().map(PartState::beginning).toList());
        }
        List<String> lines = read(file);
        String first = VERSION + transfer;
        if (lines.isEmpty() || !lines.getFirst().equals(first)) {
            throw new TransferException(file + " is the state of another transfer: delete it to begin anew");
        }
        List<PartState> parts =
                lines.stream().skip(1).map(line -> part(file, line)).toList();
        if (!parts.stream().map(PartState::name).toList().equals(partNames)) {
            throw new TransferException("What is read has changed since " + file
                    + " was written (files, or the number of segments): delete it to begin anew");
        }
        return new TransferState(file, transfer, parts);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new TransferException(new InputFile(file).problem(e), e);
        }
    }

    private static PartState part(Path file, String line) {
        String[] fields = line.split("\t", -1);
        try {
            if (fields.length == FIELDS) {
                String name = URLDecoder.decode(fields[0], StandardCharsets.UTF_8);
                return new PartState(
                        name, fields[1], fields[2], Long.parseLong(fields[3]), Boolean.parseBoolean(fields[4]));
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new TransferException(file + " is damaged: delete it to begin anew");
    }

    Path file() {
        return file;
    }

    boolean hasBegun() {
        return parts.stream().anyMatch(part -> part.done() || !part.position().isEmpty());
    }

    List<PartState> parts() {
        return List.copyOf(parts);
    }

    long items() {
        return parts.stream().mapToLong(PartState::items).sum();
    }

    /** That are through as far as the file says. */
    long savedItems() {
        return savedItems;
    }

    void set(int part, PartState state) {
        parts.set(part, state);
    }

    /** @throws IOException when it cannot be written; what was there before still is */
    void save() throws IOException {
        String text =
                parts.stream().map(TransferState::line).collect(Collectors.joining("", VERSION + transfer + "\n", ""));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        savedItems = items();
    }

    private static String line(PartState part) {
        return String.join(
                        "\t",
                        URLEncoder.encode(part.name(), StandardCharsets.UTF_8),
                        part.position(),
                        part.mark(),
                        Long.toString(part.items()),
                        Boolean.toString(part.done()))
                + "\n";
    }

    /** Nothing is left to go on with. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
