package dev.evenkeel.verify.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the rounds of one scenario come to. Medians, because one noisy neighbour must not decide a comparison. */
final class Statistics {
    private Statistics() {}

    /** The middle value, or the mean of the two middle ones; NaN when any value is NaN or there is none. */
    static double median(double... values) {
        if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    /**
     * The median over rounds of the ratio within a round: what slows the machine down for a while slows both targets of
     * the round down, and cancels.
     */
    static double medianRatio(List<Round> rounds, List<Round> base, ToDoubleFunction<Round> figure) {
        int count = Math.min(rounds.size(), base.size());
        var ratios = new double[count];
        for (int i = 0; i < count; i++) {
            ratios[i] = figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(base.get(i));
        }
        return median(ratios);
    }
}
