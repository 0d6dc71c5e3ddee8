package dev.evenkeel.server;

import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.server.transfer.Progress;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
            description = "Availability zones in this process, 1 or 3: with 3, every write is on two of three replicas "
                    + "before it is answered. Default: ${DEFAULT-VALUE}")
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
    private List<String> loads = new ArrayList<>();

    @Option(names = "--quiet", description = "Say nothing but errors.")
    private boolean quiet;

    /**
     * Reads a command line of nothing but whole options without picocli; see {@link Main}. Empty when anything else is
     * in it, or a value is not what it should be.
     */
    static Optional<DevCommand> plain(List<String> arguments) {
        var command = new DevCommand();
        try {
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                int equals = argument.indexOf('=');
                if (argument.equals("--quiet")) {
                    command.quiet = true;
                } else if (equals >= 0) {
                    command.set(argument.substring(0, equals), argument.substring(equals + 1));
                } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
                    command.set(argument, arguments.get(++i));
                } else {
                    return Optional.empty();
                }
            }
            return Optional.of(command);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException when there is no such option, or it cannot have that value */
    private void set(String option, String value) {
        switch (option) {
            case "--port" -> port = Integer.parseInt(value);
            case "--host" -> host = value;
            case "--data" -> data = Path.of(value);
            case "--zones" -> zones = Integer.parseInt(value);
            case "--initial-partitions" -> initialPartitions = Integer.parseInt(value);
            case "--control-plane-delay" -> controlPlaneDelay = Durations.parse(value);
            case "--region" -> region = value;
            case "--load" -> loads.add(value);
            default -> throw new IllegalArgumentException(option);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        List<LoadFile> files = loads.stream().map(LoadFile::parse).toList();
        Evenkeel evenkeel = start();
        try {
            for (LoadFile file : files) {
                new ItemLoader(evenkeel, quiet ? Progress.silent() : Progress.on(standardError())).load(file);
            }
        } catch (RuntimeException e) {
            evenkeel.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(evenkeel::close, "shutdown")); // before anybody is told to come
        if (!quiet) {
            System.out.println("Evenkeel " + Main.version() + " is ready at " + evenkeel.endpoint() + " ("
                    + (data == null ? "in memory" : "data in " + data) + ")");
        }
        return serve();
    }

    private static PrintWriter standardError() {
        return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "dev at %s:%d, data %s, zones %d, partitions %d, delay %s, region %s, load %s, quiet %s"
                .formatted(host, port, data, zones, initialPartitions, controlPlaneDelay, region, loads, quiet);
    }

    private Evenkeel start() {
        EvenkeelBuilder builder = Evenkeel.builder()
                .host(host)
                .port(port)
                .zones(zones)
                .initialPartitions(initialPartitions)
                .controlPlaneDelay(controlPlaneDelay)
                .region(region);
        if (data != null) {
            builder.data(data);
        }
        return builder.start();
    }

    /** Until the process is told to end. */
    private static int serve() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }
}
