package dev.evenkeel.verify.gameday;

import java.io.IOException;

/** The file system of a node shrinks to what it holds. Others have theirs. */
record FullDisk(ClusterNode node, Tmpfs disk) implements Fault {
    /** As the disks are mounted. */
    static final String SIZE = "1g";

    private static final long BYTES_LEFT = 64 * 1024;

    /** Between looking and shrinking the node writes on, and below what it holds a file system does not shrink. */
    private static final int ATTEMPTS_MAX = 10;

    @Override
    public String describe() {
        return "full disk at " + node;
    }

    @Override
    public void inject() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                disk.resize(Long.toString(disk.bytesUsed() + attempt * BYTES_LEFT));
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    @Override
    public String heal() throws IOException, InterruptedException {
        disk.resize(SIZE);
        return "";
    }
}
