package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTableTest {
    private static final String TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 81234 1 0000000000000000 100 0 0 10 0
               1: 0100007F:1F40 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 90001 1 0000000000000000 20 4 30 10 -1
               2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 555 1 0000000000000000 100 0 0 10 0
            """;
    private static final String TCP6 = """
              sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000000000000000000000000000:1F41 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 81235 1 0000000000000000 100 0 0 10 0
            """;
    private static final String STAT =
            "4321 (java (odd) name) S 1 4321 4321 0 -1 4194304 100 0 0 0 1234 566 0 0 20 0 33 0 5000 1 2 3";

    @TempDir
    private Path root;

    private ProcessTable table() throws IOException {
        Files.createDirectories(root.resolve("net"));
        Files.writeString(root.resolve("net/tcp"), TCP);
        Files.writeString(root.resolve("net/tcp6"), TCP6);
        process("12", "socket:[555]");
        process("4321", "pipe:[7]", "socket:[90001]", "socket:[81234]");
        process("777", "socket:[81235]");
        Files.writeString(root.resolve("4321/stat"), STAT);
        return new ProcessTable(root);
    }

    private void process(String pid, String... descriptors) throws IOException {
        var files = Files.createDirectories(root.resolve(pid).resolve("fd"));
        for (int i = 0; i < descriptors.length; i++) {
            Files.createSymbolicLink(files.resolve(Integer.toString(i)), Path.of(descriptors[i]));
        }
    }

    @Test
    void findsWhoListens() throws IOException {
        assertThat(table().listener(8000)).hasValue(4321);
        assertThat(new ProcessTable(root).listener(8001)).hasValue(777);
        assertThat(new ProcessTable(root).listener(22)).hasValue(12);
    }

    @Test
    void connectionsAreNoListeners() {
        assertThat(ProcessTable.listeningInodes(TCP, 8000)).containsExactly("81234");
        assertThat(ProcessTable.listeningInodes(TCP, 0xD2F0)).isEmpty();
    }

    @Test
    void addsUserAndKernelTime() throws IOException {
        assertThat(table().cpuSeconds(4321)).hasValue(18);
    }

    @Test
    void knowsNothingWhereThereIsNoProc() {
        var elsewhere = new ProcessTable(root.resolve("absent"));
        assertThat(elsewhere.listener(8000)).isEmpty();
        assertThat(elsewhere.cpuSeconds(1)).isEmpty();
        assertThat(ProcessTable.cpuSeconds("1 (x) S")).isEmpty();
    }

    @Test
    void aTargetOfSeveralProcessesCostsWhatTheyDoTogether() throws IOException {
        var table = table();
        Files.writeString(root.resolve("777/stat"), STAT);
        var target = new Target("a", "localhost", 1);
        assertThat(ServerCpu.of(target, Map.of("a", List.of(4321L, 777L)), table)
                        .seconds())
                .hasValue(36);
        assertThat(ServerCpu.of(target, Map.of("a", List.of(4321L, 99L)), table).seconds())
                .isEmpty();
    }
}
