package dev.evenkeel.verify.tla;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tlc2.TLC;

/** TLC, in a process of its own: it keeps what it knows of a specification in static fields. */
final class ModelChecker {
    private static final int HOURS_MAX = 12;
    private static final int SAFETY_VIOLATED = 12; // tlc2.output.EC.ExitStatus
    private static final int LIVENESS_VIOLATED = 13;
    private static final Pattern STATES = Pattern.compile("([\\d,]+) distinct states found");

    /** Half of such a process is its start, so TLC's classes are loaded and verified once for all of them. */
    private static final List<String> QUICK_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=../tlc.jsa",
            "-Xlog:disable");

    private final Path folder;
    private final String workers;
    private final List<String> jvmFlags;

    private ModelChecker(Path folder, String workers, List<String> jvmFlags) {
        this.folder = folder;
        this.workers = workers;
        this.jvmFlags = jvmFlags;
    }

    /** For models of seconds: a second compiler would cost more than it saves. */
    static ModelChecker quick(Path folder) {
        return new ModelChecker(folder, "1", QUICK_FLAGS);
    }

    /** For models of minutes and hours. */
    static ModelChecker patient(Path folder) {
        return new ModelChecker(folder, "auto", List.of("-XX:+UseParallelGC"));
    }

    record Result(int exitCode, String output) {
        boolean holds() {
            return exitCode == 0;
        }

        /** Refuted by a behavior; a specification that cannot be read or evaluated refutes nothing. */
        boolean isRefuted() {
            return exitCode == SAFETY_VIOLATED || exitCode == LIVENESS_VIOLATED;
        }

        /** The last count: the first ones are of work in progress. */
        long states() {
            return STATES.matcher(output)
                    .results()
                    .mapToLong(match -> Long.parseLong(match.group(1).replace(",", "")))
                    .reduce(0, (_, last) -> last);
        }
    }

    Result check(Specification specification, ModelConfiguration model) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(specification.name() + ".tla"), specification.text());
        Files.writeString(folder.resolve("model.cfg"), model.text());
        var output = folder.resolve("output");
        var process = new ProcessBuilder(command(specification))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(HOURS_MAX, TimeUnit.HOURS)) {
                throw new AssertionError("TLC did not end:\n" + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Specification specification) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = List.of("-cp", jar().toString(), TLC.class.getName(), "-nowarning");
        var model = List.of("-workers", workers, "-metadir", "states", "-config", "model.cfg", specification.name());
        return List.of(List.of(java), jvmFlags, classes, model).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Path jar() {
        var source = Objects.requireNonNull(TLC.class.getProtectionDomain().getCodeSource());
        return Path.of(URI.create(source.getLocation().toString()));
    }
}
