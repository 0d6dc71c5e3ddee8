package dev.evenkeel.verify.bench;

import java.util.random.RandomGenerator;

/**
 * YCSB's zipfian choice: key number {@code r} is asked for about {@code 1 / (r + 1)^0.99} as often as key 0. After Gray et
 * al., "Quickly Generating Billion-Record Synthetic Databases" (SIGMOD 1994): exact for keys 0 and 1, a close
 * approximation beyond.
 *
 * <p>YCSB scrambles the ranks so that hot keys do not lie side by side. That is left out: the databases under test hash
 * their partition keys, which scatters them just as well.
 */
final class ZipfianKeys implements KeyChooser {
    static final double THETA = 0.99;

    private final long keys;
    private final double zeta;
    private final double eta;

    ZipfianKeys(long keys) {
        if (keys < 1) {
            throw new IllegalArgumentException("no keys to choose from");
        }
        this.keys = keys;
        this.zeta = zeta(keys);
        this.eta = (1 - Math.pow(2.0 / keys, 1 - THETA)) / (1 - zeta(2) / zeta);
    }

    /** The sum of {@code 1 / r^0.99} over the first ranks. */
    static double zeta(long ranks) {
        double sum = 0;
        for (long rank = 1; rank <= ranks; rank++) {
            sum += Math.pow(rank, -THETA);
        }
        return sum;
    }

    @Override
    public long next(RandomGenerator random) {
        double u = random.nextDouble();
        double scaled = u * zeta;
        if (scaled < 1) {
            return 0;
        }
        if (scaled < 1 + Math.pow(2, -THETA)) {
            return Math.min(1, keys - 1);
        }
        long key = (long) (keys * Math.pow(eta * u - eta + 1, 1 / (1 - THETA)));
        return Math.min(key, keys - 1);
    }
}
