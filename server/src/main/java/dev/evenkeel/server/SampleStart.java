package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts nodes of a sample cluster and waits until they are ready, telling how it goes. */
final class SampleStart {
    /** Much longer than a start takes: a node that has much to catch up with is ready late. */
    private static final Duration READY_MAX = Duration.ofMinutes(2);

    private static final int LOG_LINES_SHOWN = 10;

    private final List<String> program;
    private final PrintWriter out;

    /** A node whose process has been started. */
    private record Starting(SampleNode node, NodeProcess process, long logBytesBefore) {}

    SampleStart(List<String> program, PrintWriter out) {
        this.program = program;
        this.out = out;
    }

    void start(List<SampleNode> nodes) throws IOException, InterruptedException {
        List<SampleNode> ended = nodes.stream().filter(this::doesNotRun).toList();
        var ports = new PortCheck();
        ended.forEach(node -> ports.add(node.config()));
        ports.throwIfTaken("");
        var starting = new ArrayList<Starting>();
        for (SampleNode node : ended) { // all of them first: they wait for each other
            long logBytes = node.logBytes();
            starting.add(new Starting(node, node.start(program), logBytes));
        }
        for (Starting node : starting) {
            awaitReady(node);
        }
    }

    private boolean doesNotRun(SampleNode node) {
        Optional<NodeProcess> process = node.process();
        process.ifPresent(it -> out.println(node.id() + " runs already (process " + it.pid() + ")"));
        return process.isEmpty();
    }

    private void awaitReady(Starting starting) throws IOException, InterruptedException {
        SampleNode node = starting.node;
        Ticker ticker = Ticker.system();
        long begun = ticker.nanos();
        while (ticker.nanos() - begun < READY_MAX.toNanos()) {
            Optional<String> endpoint = node.endpointTold(starting.logBytesBefore);
            if (endpoint.isPresent()) {
                out.println("%s in %s is ready at %s (process %d)"
                        .formatted(node.id(), node.config().zone(), endpoint.get(), starting.process.pid()));
                return;
            }
            if (!starting.process.isRunning()) {
                throw new StartException(node.id() + " has ended. Its last words:" + lastWords(node), null);
            }
            starting.process.awaitAMoment();
        }
        throw new StartException(
                node.id() + " is not ready after " + READY_MAX.toSeconds()
                        + " s; it goes on trying, as do the others. Its last words:" + lastWords(node),
                null);
    }

    private static String lastWords(SampleNode node) throws IOException {
        return String.join(
                "",
                node.logEnd(LOG_LINES_SHOWN).stream()
                        .map(line -> System.lineSeparator() + "  " + line)
                        .toList());
    }
}
