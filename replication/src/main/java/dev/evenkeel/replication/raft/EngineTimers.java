package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.core.Scheduler;
import com.alipay.sofa.jraft.util.SPI;
import com.alipay.sofa.jraft.util.timer.RaftTimerFactory;
import com.alipay.sofa.jraft.util.timer.Timeout;
import com.alipay.sofa.jraft.util.timer.Timer;
import com.alipay.sofa.jraft.util.timer.TimerTask;
import dev.evenkeel.model.Ticker;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of all replicas in this process. The engine's own have a thread each that wakes up a thousand times a
 * second, which an idle node would feel. Found by the engine's service loader.
 */
@SPI(name = "evenkeel", priority = 100)
public final class EngineTimers implements RaftTimerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTimers.class);

    /** Tasks wait for the locks of their replicas; one that waits long must not hold up the others. */
    private static final int THREADS = 4;

    /**
     * The engine works out when the next heartbeat or the next attempt is due as a difference of two looks at the wall
     * clock. When that is set back in between, a follower would hear nothing for as long as the clock was wrong. Nothing
     * that it schedules so suffers from coming sooner, and a lease outlives a wait like this.
     */
    private static final long DELAY_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    /**
     * Heartbeats and other regular looks of all replicas fall due together, a little early rather than late: one wake-up,
     * one packet for each node. What an idle cluster costs is its wake-ups.
     */
    private static final long ALIGNMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** For the election and vote timers that the engine makes while it is opened. */
    static final ScopedValue<RaftTimings> TIMINGS = ScopedValue.newInstance();

    /** The threads sleep by this one. */
    private static final Ticker CLOCK = Ticker.system();

    private static final ScheduledThreadPoolExecutor THREAD_POOL = threads();
    private static final Timer TIMER = new PoolTimer();
    private static final Timer ALIGNED_TIMER = new AlignedTimer();
    private static final Scheduler SCHEDULER = new PoolScheduler();

    private static ScheduledThreadPoolExecutor threads() {
        var pool = new ScheduledThreadPoolExecutor(
                THREADS,
                Thread.ofPlatform().name("evenkeel-raft-timer-", 0).daemon().factory());
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    static long aligned(long delayNanos, long nowNanos) {
        return delayNanos < 2 * ALIGNMENT_NANOS
                ? delayNanos
                : delayNanos - Math.floorMod(nowNanos + delayNanos, ALIGNMENT_NANOS);
    }

    @Override
    public Timer getElectionTimer(boolean shared, String name) {
        return new RandomTimer(TIMINGS.get());
    }

    @Override
    public Timer getVoteTimer(boolean shared, String name) {
        return new RandomTimer(TIMINGS.get());
    }

    @Override
    public Timer getStepDownTimer(boolean shared, String name) {
        return ALIGNED_TIMER;
    }

    @Override
    public Timer getSnapshotTimer(boolean shared, String name) {
        return TIMER;
    }

    @Override
    public Scheduler getRaftScheduler(boolean shared, int workers, String name) {
        return SCHEDULER;
    }

    @Override
    public Timer createTimer(String name) {
        return TIMER;
    }

    @Override
    public Scheduler createScheduler(int workers, String name) {
        return SCHEDULER;
    }

    private static final class PoolTimer implements Timer {
        @Override
        public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
            var timeout = new PoolTimeout(this, task);
            timeout.future = THREAD_POOL.schedule(timeout, delay, unit);
            return timeout;
        }

        /** Its owner is through with it; others are not. */
        @Override
        public Set<Timeout> stop() {
            return Set.of();
        }
    }

    private static final class AlignedTimer implements Timer {
        @Override
        public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
            return TIMER.newTimeout(task, aligned(unit.toNanos(delay), CLOCK.nanos()), TimeUnit.NANOSECONDS);
        }

        @Override
        public Set<Timeout> stop() {
            return TIMER.stop();
        }
    }

    /**
     * Brings the engine's random delays down to the spread that they are to have. The engine knows one spread for
     * elections and for how often each replica looks, in a thread of its own, for reads that it forgot to answer; as often
     * as elections need it, an idle node would feel that.
     */
    record RandomTimer(RaftTimings timings) implements Timer {
        /** What the engine is told. */
        static final int SPREAD_MILLIS = 30_000;

        @Override
        public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
            return TIMER.newTimeout(task, brought(unit.toMillis(delay)), TimeUnit.MILLISECONDS);
        }

        long brought(long delayMillis) {
            long more = delayMillis - timings.electionTimeoutMillis();
            return timings.electionTimeoutMillis()
                    + more * timings.electionSpread().toMillis() / SPREAD_MILLIS;
        }

        @Override
        public Set<Timeout> stop() {
            return TIMER.stop();
        }
    }

    private static final class PoolTimeout implements Timeout, Runnable {
        private final Timer timer;
        private final TimerTask task;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile boolean cancelled;
        private volatile @Nullable ScheduledFuture<?> future;

        PoolTimeout(Timer timer, TimerTask task) {
            this.timer = timer;
            this.task = task;
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                try {
                    task.run(this);
                } catch (Exception e) {
                    LOG.error("A timer's task failed", e);
                }
            }
        }

        @Override
        public Timer timer() {
            return timer;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public boolean isExpired() {
            return begun.get() && !cancelled;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean cancel() {
            if (!begun.compareAndSet(false, true)) {
                return false;
            }
            cancelled = true;
            var scheduled = future;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            return true;
        }
    }

    private static final class PoolScheduler implements Scheduler {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            long nanos = Math.min(unit.toNanos(delay), DELAY_NANOS_MAX);
            return THREAD_POOL.schedule(command, aligned(nanos, CLOCK.nanos()), TimeUnit.NANOSECONDS);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
            return THREAD_POOL.scheduleAtFixedRate(command, initialDelay, period, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable command, long initialDelay, long delay, TimeUnit unit) {
            return THREAD_POOL.scheduleWithFixedDelay(command, initialDelay, delay, unit);
        }

        @Override
        public void shutdown() {
            // others use it, too
        }
    }
}
