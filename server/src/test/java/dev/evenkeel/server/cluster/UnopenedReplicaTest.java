package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replica that cannot be opened, without being damaged, is a matter of its own. */
@Timeout(120)
class UnopenedReplicaTest {
    private static final int FIRST = 1;
    private static final int OTHER = 2;

    @TempDir
    Path folder;

    @Test
    void itIsToldOfWhileTheOthersGoOnAndOpenedWhenItCanBe() throws IOException {
        try (var cluster = new TestNodes(2, folder)) {
            cluster.found("a1", "b1", "c1");
            cluster.stop("b1");
            var store = cluster.folder("b1").resolve("store").resolve("g" + FIRST);
            var aside = folder.resolve("aside");
            Files.move(store, aside);
            Files.writeString(store, "no folder");

            var node = cluster.start("b1");

            TestNodes.until(() -> node.appliedLsns().containsKey(OTHER) && node.isReady());
            assertThat(node.appliedLsns()).doesNotContainKey(FIRST);
            TestNodes.until(() -> page(cluster).contains("it cannot be opened: "));
            assertThat(node.catalogImage().group(FIRST).orElseThrow().replicaOn(cluster.id("b1")))
                    .isPresent();

            Files.delete(store);
            Files.move(aside, store);
            TestNodes.until(() -> node.appliedLsns().containsKey(FIRST));
            TestNodes.until(() -> !page(cluster).contains("it cannot be opened: "));
        }
    }

    /** As another node has it. */
    private static String page(TestNodes cluster) {
        return new String(cluster.node("a1").page("/cluster").orElseThrow(), StandardCharsets.UTF_8);
    }
}
