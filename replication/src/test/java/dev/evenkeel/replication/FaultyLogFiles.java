package dev.evenkeel.replication;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory that does everything a real one may: writes less than asked, runs full, fails to flush, loses power.
 * All chance comes from the seed. Files know which sectors were flushed; at a power loss each other sector is old or
 * new, and the length somewhere between.
 */
final class FaultyLogFiles implements LogFiles {
    private static final int SECTOR_BYTES = 512;

    private final Random random;
    private Map<String, Content> names = new HashMap<>();
    private Map<String, Content> durableNames = new HashMap<>();
    private boolean shortWrites;
    private boolean writesBack;
    private long spaceBytes = Long.MAX_VALUE;
    private long operationsLeft = Long.MAX_VALUE;
    private boolean syncFails;
    private boolean truncateFails;
    private int syncs;

    FaultyLogFiles(long seed) {
        random = new Random(seed);
    }

    synchronized FaultyLogFiles withShortWrites() {
        shortWrites = true;
        return this;
    }

    /**
     * What was written may become durable without a flush, as it may in real life; but not half of a sector whose other
     * half is still to come in the same call, since a real disk takes less than it is given only when it is full.
     */
    synchronized FaultyLogFiles withWriteBack() {
        writesBack = true;
        return this;
    }

    /** Power fails after so many operations that change something. */
    synchronized void losePowerAfter(long operations) {
        operationsLeft = operations;
    }

    synchronized boolean hasPower() {
        return operationsLeft > 0;
    }

    synchronized void leaveSpace(long bytes) {
        spaceBytes = bytes;
    }

    synchronized void failSyncs(boolean fails) {
        syncFails = fails;
    }

    synchronized void failTruncates(boolean fails) {
        truncateFails = fails;
    }

    synchronized int syncs() {
        return syncs;
    }

    /** What a restart finds. */
    synchronized FaultyLogFiles afterPowerLoss() {
        var found = new FaultyLogFiles(random.nextLong());
        found.shortWrites = shortWrites;
        found.writesBack = writesBack;
        for (var name : names.keySet()) {
            if (durableNames.containsKey(name) || random.nextBoolean()) {
                found.put(name, names.get(name));
            }
        }
        for (var name : durableNames.keySet()) {
            if (!names.containsKey(name) && random.nextBoolean()) {
                found.put(name, durableNames.get(name));
            }
        }
        return found;
    }

    private void put(String name, Content content) {
        var survivor = content.afterPowerLoss(random);
        names.put(name, survivor);
        durableNames.put(name, survivor);
    }

    /** The bytes of a file, for tests that damage it with {@link #replace}. */
    synchronized byte[] bytes(String name) {
        var content = names.get(name);
        return content == null ? new byte[0] : Arrays.copyOf(content.bytes, content.length);
    }

    synchronized void replace(String name, byte[] bytes) {
        var content = new Content();
        content.write(bytes, 0);
        content.sync();
        names.put(name, content);
        durableNames.put(name, content);
    }

    synchronized FaultyLogFiles copy() {
        var copy = new FaultyLogFiles(1);
        names.keySet().forEach(name -> copy.replace(name, bytes(name)));
        return copy;
    }

    /** Oldest first. */
    synchronized List<String> segments() {
        return names.keySet().stream().filter(Segment::isName).sorted().toList();
    }

    /** The same without the note of how far it was flushed: as a crash leaves it before the note was ever durable. */
    synchronized FaultyLogFiles withoutMark() {
        names.remove(FlushedMark.NAME);
        durableNames.remove(FlushedMark.NAME);
        return this;
    }

    private void spend() throws IOException {
        if (operationsLeft <= 0) {
            throw new IOException("the power is off");
        }
        operationsLeft--;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public synchronized LogFile create(String name) throws IOException {
        spend();
        if (spaceBytes < SECTOR_BYTES) {
            throw new NoSpaceException("No space left on device");
        }
        var content = new Content();
        names.put(name, content);
        return new Handle(name, content);
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        var content = names.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return new Handle(name, content);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        spend();
        names.remove(name);
    }

    @Override
    public synchronized void syncFolder() throws IOException {
        spend();
        durableNames = new HashMap<>(names);
    }

    /** A file as programs see it and as the disk has it. */
    private static final class Content {
        private byte[] bytes = new byte[0];
        private int length;
        private byte[] flushed = new byte[0];
        private int flushedLength;
        private final BitSet dirtySectors = new BitSet();

        void write(byte[] source, int position) {
            if (bytes.length < position + source.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + source.length));
            }
            System.arraycopy(source, 0, bytes, position, source.length);
            length = Math.max(length, position + source.length);
            dirtySectors.set(position / SECTOR_BYTES, (position + source.length + SECTOR_BYTES - 1) / SECTOR_BYTES);
        }

        void truncate(int newLength) {
            dirtySectors.set(newLength / SECTOR_BYTES, length / SECTOR_BYTES + 1);
            Arrays.fill(bytes, newLength, length, (byte) 0);
            length = newLength;
        }

        void sync() {
            flushed = Arrays.copyOf(flushed, bytes.length);
            dirtySectors.stream().forEach(sector -> copySector(bytes, flushed, sector));
            flushedLength = length;
            dirtySectors.clear();
        }

        private static void copySector(byte[] from, byte[] to, int sector) {
            int start = sector * SECTOR_BYTES;
            int end = Math.min(start + SECTOR_BYTES, from.length);
            if (start < end) {
                System.arraycopy(from, start, to, start, end - start);
            }
        }

        Content afterPowerLoss(Random random) {
            var survivor = new Content();
            survivor.bytes = Arrays.copyOf(flushed, bytes.length);
            boolean inOrder = random.nextBoolean();
            int low = Math.min(flushedLength, length);
            survivor.length = low + random.nextInt(Math.max(flushedLength, length) - low + 1);
            dirtySectors.stream()
                    .filter(_ -> inOrder || random.nextBoolean())
                    .forEach(sector -> copySector(bytes, survivor.bytes, sector));
            Arrays.fill(
                    survivor.bytes, Math.min(survivor.length, survivor.bytes.length), survivor.bytes.length, (byte) 0);
            survivor.dirtySectors.set(0, survivor.length / SECTOR_BYTES + 1);
            survivor.sync();
            return survivor;
        }
    }

    private final class Handle implements LogFile {
        private final String name;
        private final Content content;

        Handle(String name, Content content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public String path() {
            return name;
        }

        @Override
        public long size() {
            synchronized (FaultyLogFiles.this) {
                return content.length;
            }
        }

        @Override
        public int read(ByteBuffer target, long position) {
            synchronized (FaultyLogFiles.this) {
                if (position >= content.length) {
                    return -1;
                }
                int count = (int) Math.min(target.remaining(), content.length - position);
                if (shortWrites) {
                    count = 1 + random.nextInt(count);
                }
                target.put(content.bytes, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (FaultyLogFiles.this) {
                spend();
                int count = source.remaining();
                if (shortWrites && count > 1) {
                    count = 1 + random.nextInt(count);
                }
                int overwritten = (int) Math.max(0, content.length - position); // which takes no space
                if (count > overwritten) {
                    count = (int) Math.min(count, overwritten + Math.min(spaceBytes, count));
                }
                if (count == 0) {
                    throw new NoSpaceException("No space left on device");
                }
                if (spaceBytes != Long.MAX_VALUE) {
                    spaceBytes -= Math.max(0, count - overwritten);
                }
                var part = new byte[count];
                source.get(part);
                content.write(part, (int) position);
                boolean isWhole = !source.hasRemaining() || (position + count) % SECTOR_BYTES == 0;
                if (writesBack && isWhole && random.nextInt(8) == 0) {
                    content.sync(); // of the system's own accord
                }
                return count;
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (FaultyLogFiles.this) {
                spend();
                if (syncFails) {
                    throw new IOException("Input/output error");
                }
                syncs++;
                content.sync();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (FaultyLogFiles.this) {
                spend();
                if (truncateFails) {
                    throw new IOException("Input/output error");
                }
                if (spaceBytes != Long.MAX_VALUE) {
                    spaceBytes += content.length - size;
                }
                content.truncate((int) size);
            }
        }

        @Override
        public void close() {}
    }
}
