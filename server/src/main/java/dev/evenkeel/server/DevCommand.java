package dev.evenkeel.server;

import dev.evenkeel.router.table.TableOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code dev}. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a DynamoDB on this machine. Any credentials are accepted.",
        footer = {
            "",
            "A file to load has one JSON document a line and may be compressed with gzip (FILE.gz). A line {\"Item\":{…}}, "
                    + "as DynamoDB exports them, puts an item into a table. A line with the input of CreateTable creates "
                    + "the table, if it is not there, and the items behind it go there. Items before such a line go to "
                    + "TABLE, or else to the table that is called like the file up to its first dot."
        })
final class DevCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Option(names = "--port", paramLabel = "PORT", description = "0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port = 8000;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Address to listen at, 0.0.0.0 for all. Default: ${DEFAULT-VALUE}")
    private String host = "localhost";

    @Option(names = "--data", paramLabel = "DIR", description = "Keep everything in this folder. Default: in memory")
    private @Nullable Path data;

    @Option(
            names = "--zones",
            paramLabel = "N",
            description = "Availability zones; 1 for now. Default: ${DEFAULT-VALUE}")
    private int zones = 1;

    @Option(
            names = "--initial-partitions",
            paramLabel = "N",
            description = "Partitions a new table or index begins with. Default: ${DEFAULT-VALUE}")
    private int initialPartitions = 1;

    @Option(
            names = "--control-plane-delay",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long tables stay CREATING, UPDATING, DELETING, e.g. 500ms or 2s. Default: no time")
    private Duration controlPlaneDelay = Duration.ZERO;

    @Option(names = "--region", paramLabel = "REGION", description = "In ARNs. Default: ${DEFAULT-VALUE}")
    private String region = TableOptions.REGION_DEFAULT;

    @Option(names = "--load", paramLabel = "[TABLE=]FILE", description = "Load a file first, see below; repeatable.")
    private List<String> loads = List.of();

    @Option(names = "--quiet", description = "Say nothing but errors.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        if (zones != 1) {
            throw new StartException("Three zones in one process are not available yet: leave --zones at 1", null);
        }
        List<LoadFile> files = loads.stream().map(LoadFile::parse).toList();
        Evenkeel evenkeel = start();
        try {
            PrintWriter out = spec.commandLine().getOut();
            for (LoadFile file : files) {
                var progress = quiet
                        ? Progress.silent()
                        : Progress.on(spec.commandLine().getErr());
                new ItemLoader(evenkeel, progress).load(file);
            }
            if (!quiet) {
                out.println("Evenkeel " + Main.Version.number() + " is ready at " + evenkeel.endpoint() + " ("
                        + (data == null ? "in memory" : "data in " + data) + ")");
            }
        } catch (RuntimeException e) {
            evenkeel.close();
            throw e;
        }
        return serve(evenkeel);
    }

    private Evenkeel start() {
        EvenkeelBuilder builder = Evenkeel.builder()
                .host(host)
                .port(port)
                .initialPartitions(initialPartitions)
                .controlPlaneDelay(controlPlaneDelay)
                .region(region);
        if (data != null) {
            builder.data(data);
        }
        return builder.start();
    }

    /** Until the process is told to end. */
    private static int serve(Evenkeel evenkeel) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(evenkeel::close, "shutdown"));
        new CountDownLatch(1).await();
        return 0;
    }
}
