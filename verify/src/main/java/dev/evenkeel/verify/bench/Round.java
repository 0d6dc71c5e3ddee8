package dev.evenkeel.verify.bench;

import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * What one target did in one round.
 *
 * @param latency of the answered requests and of those that were never sent, nanoseconds
 * @param succeeded requests that were answered as they should be
 * @param failed requests answered with an error, wrongly, or not at all
 * @param unsent arrivals of an open loop for which no connection became free in time
 * @param nanos from the start until the last answer
 * @param cpuSeconds of the server process, when known
 * @param failure an example of what went wrong, or empty
 */
record Round(
        Histogram latency,
        long succeeded,
        long failed,
        long unsent,
        long nanos,
        OptionalDouble cpuSeconds,
        String failure) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double CPU_PER_REQUESTS = 10_000;

    /** Successful requests a second. */
    double throughput() {
        return nanos == 0 ? 0 : succeeded * NANOS_PER_SECOND / nanos;
    }

    double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /** Server processor seconds for 10,000 requests; NaN when unknown. */
    double cpuSecondsPer10k() {
        long requests = succeeded + failed;
        return cpuSeconds.isEmpty() || requests == 0
                ? Double.NaN
                : cpuSeconds.getAsDouble() * CPU_PER_REQUESTS / requests;
    }
}
