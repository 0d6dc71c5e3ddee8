package dev.evenkeel.partition;

import java.util.ArrayList;
import java.util.List;

/** Time that passes only in pauses, and what happens meanwhile. */
final class PassingClock implements RetryClock {
    private final Runnable meanwhile;
    final List<Long> pauses = new ArrayList<>();
    long now;

    PassingClock(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void pause(long nanos) {
        pauses.add(nanos);
        now += nanos;
        meanwhile.run();
    }
}
