package dev.evenkeel.server;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where native libraries are unpacked, once for all starts: the user's own cache, as each system has it. */
final class NativeCache {
    private NativeCache() {}

    static Path folder() {
        return folder(System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", "")), System.getenv());
    }

    static Path folder(String system, Path home, Map<String, String> environment) {
        String given = environment.get("XDG_CACHE_HOME");
        if (given != null && Path.of(given).isAbsolute()) {
            return Path.of(given, "evenkeel");
        }
        return system.toLowerCase(Locale.ROOT).contains("mac")
                ? home.resolve("Library/Caches/evenkeel")
                : home.resolve(".cache/evenkeel");
    }
}
