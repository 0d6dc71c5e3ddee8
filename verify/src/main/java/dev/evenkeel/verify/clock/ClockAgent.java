package dev.evenkeel.verify.clock;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.locks.LockSupport;

/** Makes the clocks of this process those that a file says. The JVM starts it before the program. */
public final class ClockAgent {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private ClockAgent() {}

    /**
     * The agent's beginning, as the JDK names it.
     *
     * @param file of a {@link ClockSetting}, which must be there and may change
     */
    public static void premain(String file, Instrumentation instrumentation) throws Exception {
        var path = Path.of(file);
        ShiftedClock.set(ClockSetting.read(path));
        instrumentation.addTransformer(new ClockCalls(), true);
        instrumentation.retransformClasses(Date.class, Clock.class, Class.forName("java.time.Clock$SystemClock"));
        Thread.ofPlatform().daemon().name("clock-agent").start(() -> follow(path));
    }

    private static void follow(Path file) {
        while (true) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            try {
                ShiftedClock.set(ClockSetting.read(file));
            } catch (IOException gone) {
                // the harness cleans up, and this process is about to be killed
            }
        }
    }
}
