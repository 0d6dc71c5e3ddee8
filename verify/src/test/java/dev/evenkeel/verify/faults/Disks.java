package dev.evenkeel.verify.faults;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.evenkeel.verify.gameday.Tmpfs;
import java.io.IOException;
import java.nio.file.Path;

/** Disks that are only for one test. */
final class Disks {
    private Disks() {}

    /** Mounts one, or says aloud that the test is skipped, and skips it. */
    static Tmpfs mount(Path folder, String options) throws InterruptedException {
        try {
            return Tmpfs.mount(folder, options);
        } catch (IOException e) {
            var problem = "no file system can be mounted here: " + e.getMessage();
            System.err.println("SKIPPED: " + problem);
            return abort(problem);
        }
    }
}
