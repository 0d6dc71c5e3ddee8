package dev.evenkeel.server.transfer;

import dev.evenkeel.model.AttributeValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The items of files. Its parts are the files; a position is how many lines have been read. Of lines with the same key in
 * one page the last one counts, as if they had been put one after the other.
 */
record FilesSource(List<ImportFile> files, ItemReader items, BadLines bad) implements Source {
    private static final int PAGE_ITEMS_MAX = 1_000;
    private static final int PAGE_BYTES_MAX = 4 << 20;

    FilesSource {
        files = List.copyOf(files);
    }

    /** With size and time: what has been changed is read anew. */
    @Override
    public List<String> parts() {
        return files.stream().map(FilesSource::part).toList();
    }

    private static String part(ImportFile file) {
        try {
            return file.path() + " " + file.file().bytes() + " "
                    + Files.getLastModifiedTime(file.path()).toMillis();
        } catch (IOException e) {
            throw new TransferException(file.file().problem(e), e);
        }
    }

    @Override
    public long total() {
        long total = 0;
        for (ImportFile file : files) {
            try {
                total += file.file().bytes();
            } catch (IOException e) {
                throw new TransferException(file.file().problem(e), e);
            }
        }
        return total;
    }

    /** Looks at the first item of each file. @throws TransferException when it is not for the table */
    void requireFirstItems() {
        for (ImportFile file : files) {
            try (var reader = new FileReader(file, 0)) {
                JsonLine first = reader.nextItem();
                if (first != null) {
                    items.keyOf(first);
                }
            } catch (ItemReader.BadLineException e) {
                if (e.isOfKey()) { // what is no item says nothing of the table; it is told when it is its turn
                    throw new TransferException(file.path() + ", its first item: " + e.getMessage(), e);
                }
            } catch (IOException e) {
                throw new TransferException(file.file().problem(e), e);
            }
        }
    }

    @Override
    public PartReader open(int part, PartState from) {
        ImportFile file = files.get(part);
        try {
            return new FileReader(file, from.position().isEmpty() ? 0 : Long.parseLong(from.position()));
        } catch (IOException e) {
            throw new TransferException(file.file().problem(e), e);
        }
    }

    private final class FileReader implements PartReader {
        private final ImportFile file;
        private final AtomicLong bytesRead = new AtomicLong();
        private final JsonLines lines;
        private long told;
        private long count;

        FileReader(ImportFile file, long linesDone) throws IOException {
            this.file = file;
            this.lines = file.file().open(bytesRead::addAndGet);
            while (count < linesDone && nextItem() != null) {
                // what was read before
            }
        }

        @Override
        public @Nullable Page next() {
            var page = new LinkedHashMap<List<AttributeValue>, JsonLine>();
            try {
                long before = count;
                fill(page);
                if (count == before) {
                    requireAll();
                    return null;
                }
            } catch (IOException e) {
                throw new TransferException(file.file().problem(e), e);
            }
            long advanced = bytesRead.get() - told;
            told = bytesRead.get();
            return new Page(List.copyOf(page.values()), Long.toString(count), advanced);
        }

        private void fill(SequencedMap<List<AttributeValue>, JsonLine> page) throws IOException {
            int bytes = 0;
            while (page.size() < PAGE_ITEMS_MAX && bytes < PAGE_BYTES_MAX) {
                JsonLine line = nextItem();
                if (line == null) {
                    return;
                }
                bytes += line.document().length;
                try {
                    page.putLast(items.keyOf(line), line);
                } catch (ItemReader.BadLineException e) {
                    bad.add(line, e.getMessage());
                }
            }
        }

        /** The next line that should be an item; a table's at the beginning is known already. */
        @Nullable
        JsonLine nextItem() throws IOException {
            JsonLine line = lines.next();
            if (line != null && count == 0 && ImportFile.createTable(line).isPresent()) {
                line = lines.next();
            }
            if (line != null) {
                count++;
            }
            return line;
        }

        private void requireAll() {
            long expected = file.items().orElse(count);
            if (count != expected) {
                throw new TransferException(file.path() + " has " + count + " items, its manifest says " + expected);
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
