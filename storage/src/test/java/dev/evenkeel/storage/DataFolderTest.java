package dev.evenkeel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void aNewFolderGetsItsFormat() throws IOException {
        var root = temp.resolve("deep").resolve("data");
        try (var folder = DataFolder.open(root)) {
            assertThat(Files.readString(root.resolve("FORMAT"))).isEqualTo("evenkeel data folder, format 2\n");
            assertThat(folder.folder("log")).isDirectory().isEqualTo(folder.folder("log"));
        }
        DataFolder.open(root).close();
    }

    @Test
    void oneUserAtATime() {
        try (var first = DataFolder.open(temp)) {
            refused("in use by another process (" + ProcessHandle.current().pid() + ")");
            assertThat(first.root()).isEqualTo(temp);
        }
        DataFolder.open(temp).close();
    }

    @Test
    void anotherProcessIsKeptOut() throws IOException, InterruptedException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var holder = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataFolderHolder.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            refused("in use by another process (" + holder.pid() + ")");
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        DataFolder.open(temp).close(); // a kill leaves no lock behind
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        DataFolder.open(temp).close();
        Files.writeString(temp.resolve("FORMAT"), "evenkeel data folder, format 3\n");
        refused("has format 3, which a newer Evenkeel wrote; this one reads 2");
    }

    @Test
    void anOlderFormatIsOpenedAndIsOlderNoMore() throws IOException {
        DataFolder.open(temp).close();
        Files.writeString(temp.resolve("FORMAT"), "evenkeel data folder, format 1\n");
        DataFolder.open(temp).close();
        assertThat(Files.readString(temp.resolve("FORMAT"))).isEqualTo("evenkeel data folder, format 2\n");
    }

    @Test
    void aDamagedFormatIsRefused() throws IOException {
        DataFolder.open(temp).close();
        for (var text : new String[] {"", "evenkeel data folder, format x\n", "y".repeat(10_000), "\u00ff\u0000"}) {
            Files.writeString(temp.resolve("FORMAT"), text);
            refused("FORMAT is damaged");
        }
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(temp.resolve("thesis.txt"), "do not touch");
        refused("holds something else");
        try (var files = Files.list(temp)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFirstStartCutShortDoesNotMatter() throws IOException {
        Files.writeString(temp.resolve("lock"), "");
        Files.writeString(temp.resolve("FORMAT.new"), "even");
        DataFolder.open(temp).close();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        var file = Files.writeString(temp.resolve("file"), "x");
        assertThatExceptionOfType(DataFolderException.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessage("The data folder " + file + " cannot be used: " + file + " is not a folder");
    }

    @Test
    void noPermissionIsOneLine() throws IOException {
        var parent = Files.createDirectory(temp.resolve("parent"));
        assertThat(parent.toFile().setWritable(false)).isTrue();
        try {
            assumeFalse(Files.isWritable(parent), "root may write anywhere");
            var root = parent.resolve("data");
            assertThatExceptionOfType(DataFolderException.class)
                    .isThrownBy(() -> DataFolder.open(root))
                    .withMessage("The data folder " + root + " cannot be used: no permission for " + root);
        } finally {
            assertThat(parent.toFile().setWritable(true)).isTrue();
        }
    }

    private void refused(String reason) {
        assertThatExceptionOfType(DataFolderException.class)
                .isThrownBy(() -> DataFolder.open(temp))
                .withMessageContaining(reason)
                .withMessageContaining(temp.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
