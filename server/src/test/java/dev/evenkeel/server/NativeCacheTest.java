package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeCacheTest {
    private static final Path HOME = Path.of("/somebody");

    @Test
    void isWhereEachSystemKeepsCaches() {
        assertThat(NativeCache.folder("Linux", HOME, Map.of())).isEqualTo(Path.of("/somebody/.cache/evenkeel"));
        assertThat(NativeCache.folder("Mac OS X", HOME, Map.of()))
                .isEqualTo(Path.of("/somebody/Library/Caches/evenkeel"));
        assertThat(NativeCache.folder("Linux", HOME, Map.of("XDG_CACHE_HOME", "/var/cache/me")))
                .isEqualTo(Path.of("/var/cache/me/evenkeel"));
    }
}
