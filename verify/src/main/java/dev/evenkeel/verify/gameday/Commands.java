package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the operating system. */
final class Commands {
    private Commands() {}

    /** What went wrong, empty when nothing did. */
    static String run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.strip() + " (" + String.join(" ", command) + ")";
        } catch (IOException e) {
            return String.valueOf(e.getMessage()); // there is no such program
        }
    }

    static void demand(String... command) throws IOException, InterruptedException {
        var problem = run(command);
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }
}
