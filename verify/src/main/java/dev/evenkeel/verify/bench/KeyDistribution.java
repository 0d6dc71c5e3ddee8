package dev.evenkeel.verify.bench;

import java.util.Locale;

/** How requests spread over the keys. */
enum KeyDistribution {
    UNIFORM,
    ZIPFIAN;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
