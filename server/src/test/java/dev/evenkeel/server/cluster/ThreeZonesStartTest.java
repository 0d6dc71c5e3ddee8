package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.storage.DataFolder;
import dev.evenkeel.storage.DataFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zones of one process of which one cannot begin by itself. */
@Timeout(120)
class ThreeZonesStartTest {
    private static final Path NATIVE_CACHE = Path.of(System.getProperty("java.io.tmpdir"), "evenkeel-native");

    @TempDir
    Path folder;

    private ThreeZones open() {
        return ThreeZones.open(
                new ThreeZones.Options(folder, "us-east-1", 1, Duration.ZERO, Ticker.system()),
                "localhost",
                1,
                NATIVE_CACHE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zone-a", "zone-b"})
    void aZoneWithADamagedLogIsBuiltAnewFromTheOthers(String zone) throws IOException {
        open().close();
        RebuildTest.damage(folder.resolve(zone).resolve("log"));

        open().close();

        assertThat(folder.resolve(zone)).isDirectoryContaining("glob:**/damaged-*");
    }

    @Test
    void aZoneThatHasLostItsCatalogGetsItFromTheOthers() throws IOException {
        open().close();
        Files.writeString(folder.resolve("zone-a").resolve("catalog.rebuilding"), "damaged");

        open().close();
    }

    @Test
    void whatWasOpenedIsClosedWhenOneZoneCannotBeOpened() {
        open().close();
        try (var _ = DataFolder.open(folder.resolve("zone-c"))) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageContaining("zone-c");
        }

        open().close(); // no folder is still in use
    }
}
