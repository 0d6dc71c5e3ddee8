package dev.evenkeel.verify.bench;

import java.util.random.RandomGenerator;

/** Picks the key of the next request, a number in [0, keys). Immutable; the chance comes from the caller. */
interface KeyChooser {

    long next(RandomGenerator random);

    static KeyChooser of(KeyDistribution distribution, long keys) {
        return switch (distribution) {
            case UNIFORM -> random -> random.nextLong(keys);
            case ZIPFIAN -> new ZipfianKeys(keys);
        };
    }
}
