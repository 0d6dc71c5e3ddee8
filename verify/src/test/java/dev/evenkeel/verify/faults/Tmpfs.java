package dev.evenkeel.verify.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file system of its own in memory, which can be full or read-only. Mounting takes a super user. */
final class Tmpfs implements AutoCloseable {
    private final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    /** Mounts one, or says aloud that the test is skipped, and skips it. */
    static Tmpfs mount(Path folder, String options) throws IOException, InterruptedException {
        var problem = run("mount", "-t", "tmpfs", "-o", options, "evenkeel-faults", folder.toString());
        if (!problem.isEmpty()) {
            System.err.println("SKIPPED: no file system can be mounted here: " + problem);
        }
        assumeTrue(problem.isEmpty(), () -> "no file system can be mounted here: " + problem);
        return new Tmpfs(folder);
    }

    void resize(String size) throws IOException, InterruptedException {
        var problem = run("mount", "-o", "remount,size=" + size, folder.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** What went wrong, empty when nothing did. */
    private static String run(String... command) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.strip() + " (" + String.join(" ", command) + ")";
        } catch (IOException e) {
            return String.valueOf(e.getMessage()); // there is no such program
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        var problem = run("umount", "-l", folder.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }
}
