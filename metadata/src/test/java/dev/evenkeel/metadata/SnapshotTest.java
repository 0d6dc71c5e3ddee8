package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.replication.LogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @TempDir
    Path folder;

    private final List<LogEntry> log = new ArrayList<>();
    private Path file;

    @BeforeEach
    void persistOneTable() {
        file = folder.resolve(SnapshotFile.NAME);
        var machine = CatalogStateMachine.open(folder);
        catalog(machine).propose(new CreateTable(Samples.withIndexes("orders", "by-a"), new Placement(3, 1)));
        machine.persist();
    }

    private Catalog catalog(CatalogStateMachine machine) {
        return new Catalog(new RecordingGroup(log, machine), machine, new Random(1));
    }

    @Test
    void aSnapshotIsReadBackWithItsLsn() {
        var machine = CatalogStateMachine.open(folder);

        assertThat(machine.appliedLsn()).isEqualTo(1);
        assertThat(machine.persistedLsn()).isEqualTo(1);
        assertThat(machine.image().table("orders")).isPresent();
    }

    @Test
    void aClusterIsReadBack() {
        var machine = CatalogStateMachine.open(folder);
        var node = new NodeDescriptor("n1", "a", "localhost", 8000, "localhost", 9000, NodeState.ACTIVE, 1);
        catalog(machine).propose(new ClusterChange.RegisterNode(node));
        machine.persist();

        var reopened = CatalogStateMachine.open(folder);

        assertThat(reopened.persistedLsn()).isEqualTo(2);
        assertThat(reopened.image().nodes()).containsExactly(node);
    }

    @Test
    void whatCameAfterTheSnapshotComesFromTheLog() {
        catalog(CatalogStateMachine.open(folder)).propose(new CreateTable(Samples.plain("later"), new Placement(1, 1)));

        var restarted = catalog(CatalogStateMachine.open(folder));

        assertThat(restarted.image().tableNames()).containsExactly("later", "orders");
    }

    @Test
    void entriesTheSnapshotHasAreNotAppliedAgain() {
        var machine = CatalogStateMachine.open(folder);

        machine.apply(log);

        assertThat(machine.image().version()).isEqualTo(1);
        assertThat(machine.image().tableNames()).containsExactly("orders");
    }

    @Test
    void damageOfAnyByteIsRefusedWithTheFileName() throws IOException {
        var intact = Files.readAllBytes(file);
        for (int i = 0; i < intact.length; i++) {
            var damaged = intact.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);

            assertThatThrownBy(() -> CatalogStateMachine.open(folder))
                    .isInstanceOf(CorruptCatalogException.class)
                    .hasMessage(file + ": damaged, its checksum does not match");
        }
    }

    @Test
    void aCutOrEmptyFileIsRefused() throws IOException {
        var intact = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 4, intact.length - 1}) {
            Files.write(file, Arrays.copyOf(intact, length));

            assertThatThrownBy(() -> CatalogStateMachine.open(folder)).hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void aCrashWhileWritingLeavesTheSnapshotBefore() throws IOException {
        Files.write(folder.resolve(SnapshotFile.NAME + ".new"), new byte[] {1, 2, 3});

        assertThat(CatalogStateMachine.open(folder).image().tableNames()).containsExactly("orders");
    }

    @Test
    void aSnapshotThatCannotBeWrittenIsReportedAndChangesNothing() throws IOException {
        var machine = CatalogStateMachine.open(folder);
        catalog(machine).propose(new CreateTable(Samples.plain("later"), new Placement(1, 1)));
        Files.createDirectory(folder.resolve(SnapshotFile.NAME + ".new"));

        assertThatThrownBy(machine::persist)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());

        assertThat(machine.persistedLsn()).isEqualTo(1);
        assertThat(machine.image().tableNames()).contains("later");
    }
}
