package dev.evenkeel.verify.gameday;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.verify.clock.ClockSetting;
import java.io.IOException;
import java.time.Duration;

/**
 * The wall clock of a node jumps, and jumps back at the end. It may show in what the node tells of time; nothing may wait,
 * end or be believed for longer or shorter because of it.
 */
record ClockJump(ClusterUnderTest cluster, ClusterNode node, Duration by) implements Fault {
    /** The node tells seconds, and a little late. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    @Override
    public String describe() {
        return "the wall clock of %s jumps %d s %s"
                .formatted(node, by.abs().toSeconds(), by.isNegative() ? "back" : "ahead");
    }

    @Override
    public void inject() throws IOException {
        cluster.setClock(node, ClockSetting.jumped(by.toMillis()));
    }

    @Override
    public String heal() throws IOException {
        var told = cluster.toldTime(node)
                .map(time -> Duration.between(Ticker.system().now(), time));
        cluster.setClock(node, ClockSetting.RIGHT);
        boolean isFelt = told.map(ahead -> ahead.minus(by).abs().compareTo(TOLERANCE) < 0)
                .orElse(false);
        return isFelt ? "" : "the jump was not felt: the node's clock was ahead by " + told;
    }
}
