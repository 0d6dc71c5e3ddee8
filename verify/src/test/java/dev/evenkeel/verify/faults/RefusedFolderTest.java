package dev.evenkeel.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where it cannot run it says why, in one line, and ends; what is in the folder stays as it is. */
final class RefusedFolderTest {
    @TempDir
    private Path root = Path.of("");

    private Path data = Path.of("");

    @BeforeEach
    void name() {
        data = root.resolve("data");
    }

    private static String refusal(Path folder, String... more) throws Exception {
        return DamageTest.theLine(ServerProcess.startInVain(folder, more), folder.toString());
    }

    @Test
    void secondProcess() throws Exception {
        try (var server = ServerProcess.start(data);
                var client = server.client()) {
            assertThat(refusal(data)).contains(data.toString()).contains("in use by another process");
            client.ok("CreateTable", Tables.plain(Tables.PLAIN)); // the first is none the worse
        }
    }

    @Test
    void newerFormat() throws Exception {
        try (var server = ServerProcess.start(data)) {
            server.stop();
        }
        Files.writeString(data.resolve("FORMAT"), "evenkeel data folder, format 3\n");
        var before = contents(data);
        assertThat(refusal(data)).contains(data.toString()).contains("format 3").contains("newer");
        assertThat(contents(data)).isEqualTo(before);
    }

    @Test
    void somethingElse() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("thesis.txt"), "all of it");
        assertThat(refusal(data)).contains(data.toString()).contains("something else");
        assertThat(contents(data)).containsExactly("thesis.txt 9");
    }

    @Test
    void regularFile() throws Exception {
        Files.writeString(data, "a file");
        assertThat(refusal(data)).contains(data.toString()).contains("not a folder");
        assertThat(refusal(data.resolve("below"))).contains(data.toString());
        assertThat(Files.readString(data)).isEqualTo("a file");
    }

    /** The super user may write anywhere but to a medium that nobody may write to. */
    @Test
    void noPermission() throws Exception {
        Files.createDirectories(data);
        if (data.toFile().setWritable(false) && !Files.isWritable(data)) {
            assertThat(refusal(data)).contains(data.toString()).contains("permission");
            assertThat(data.toFile().setWritable(true)).isTrue();
            return;
        }
        try (var _ = Disks.mount(data, "ro")) {
            assertThat(refusal(data)).contains(data.toString()).containsIgnoringCase("read-only");
        }
    }

    @Test
    void takenPort() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var line = refusal(data, "--port", Integer.toString(taken.getLocalPort()));
            assertThat(line).contains("in use");
            assertThat(data).doesNotExist();
        }
    }

    private static List<String> contents(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path) + " " + path.toFile().length())
                    .sorted()
                    .toList();
        }
    }
}
