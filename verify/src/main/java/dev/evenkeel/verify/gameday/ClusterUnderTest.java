package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.clock.ClockSetting;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is tested, as the faults and the clients see it: processes that can be killed and endpoints that can be asked. */
public interface ClusterUnderTest extends AutoCloseable {

    /** In a few words, for the report. */
    String description();

    List<ClusterNode> nodes();

    /** The connections between nodes; none where there is one node. */
    Links links();

    /** The file system that holds the data of that node and nothing else, if it has one. */
    Optional<Tmpfs> diskOf(ClusterNode node);

    /** Whether damage in one node is expected to be repaired from others. */
    boolean repairsItself();

    /**
     * Starts every node, and only then waits: in a cluster none may be ready alone.
     *
     * @param faults what is going to be done to it: disks and clocks of their own take preparation
     */
    void startAll(Collection<FaultKind> faults) throws IOException, InterruptedException;

    /**
     * Starts a node that does not run, and waits until it says that it is ready.
     *
     * @throws GameDayException when it does not become ready, with what it said
     */
    void start(ClusterNode node) throws IOException, InterruptedException;

    /** kill -9 */
    void kill(ClusterNode node) throws InterruptedException;

    /**
     * Asks it to end, and waits until it has.
     *
     * @throws GameDayException when it does not end
     */
    void stop(ClusterNode node) throws InterruptedException;

    void pause(ClusterNode node) throws IOException, InterruptedException;

    void resume(ClusterNode node) throws IOException, InterruptedException;

    /** For this life of the node and the next ones, if it was started for such faults. */
    void setClock(ClusterNode node, ClockSetting setting) throws IOException;

    /** The wall clock's time as the node tells it, to the second; empty when it does not answer. */
    Optional<Instant> toldTime(ClusterNode node);

    /** Of a node that runs. */
    long pid(ClusterNode node);

    /** Whether it answers at all. */
    boolean isReady(ClusterNode node);

    /** What its processes have complained of, from the first to the last. */
    String complaints(ClusterNode node);

    /** Ends every process, at once. */
    @Override
    void close() throws IOException, InterruptedException;
}
