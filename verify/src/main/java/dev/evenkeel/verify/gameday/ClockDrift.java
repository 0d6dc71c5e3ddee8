package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.clock.ClockSetting;
import java.io.IOException;

/**
 * Time passes faster or slower in a node than in the others, as far as leases allow: they are a fifth shorter than what
 * voters wait.
 */
record ClockDrift(ClusterUnderTest cluster, ClusterNode node, int perMille) implements Fault {
    /** Of a node, to either side; two nodes may then differ by a tenth. */
    static final int PER_MILLE_MAX = 50;

    @Override
    public String describe() {
        return "the clocks of %s run %.1f %% %s"
                .formatted(node, Math.abs(perMille) / 10.0, perMille < 0 ? "slow" : "fast");
    }

    @Override
    public void inject() throws IOException {
        cluster.setClock(node, ClockSetting.drifting(1 + perMille / 1000.0));
    }

    @Override
    public String heal() throws IOException {
        cluster.setClock(node, ClockSetting.RIGHT);
        return "";
    }
}
