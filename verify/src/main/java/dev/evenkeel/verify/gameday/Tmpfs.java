package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own in memory, which can be full or read-only. Mounting takes a super user. */
public final class Tmpfs implements AutoCloseable {
    private final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException when none can be mounted here; the message says why */
    public static Tmpfs mount(Path folder, String options) throws IOException, InterruptedException {
        Commands.demand("mount", "-t", "tmpfs", "-o", options, "evenkeel-faults", folder.toString());
        return new Tmpfs(folder);
    }

    public void resize(String size) throws IOException, InterruptedException {
        Commands.demand("mount", "-o", "remount,size=" + size, folder.toString());
    }

    long bytesUsed() throws IOException {
        var store = Files.getFileStore(folder);
        return store.getTotalSpace() - store.getUnallocatedSpace();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Commands.demand("umount", "-l", folder.toString());
    }
}
