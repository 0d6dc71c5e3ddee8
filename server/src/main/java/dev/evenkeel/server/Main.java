package dev.evenkeel.server;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code evenkeel}. */
@Command(
        name = "evenkeel",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "An open DynamoDB.",
        subcommands = {DevCommand.class, TrainCommand.class})
public final class Main implements Runnable {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final String LOG_LINE = "%1$tF %1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    /** What the jar says it is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Evenkeel " + number()};
        }

        static String number() {
            return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpacked)");
        }
    }

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, LOG_LINE);
        }
        System.exit(commandLine(arguments).execute(arguments));
    }

    /** @param arguments what will be run: commands of other rooms are looked for only when the first is none of ours */
    static CommandLine commandLine(String... arguments) {
        var line = new CommandLine(new Main());
        if (arguments.length == 0 || !line.getSubcommands().containsKey(arguments[0])) {
            ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::badParameters)
                .setExecutionExceptionHandler(Main::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command");
    }

    private static int badParameters(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr()
                .println("evenkeel: " + problem.getMessage() + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof StartException) {
            err.println("evenkeel: " + failure.getMessage());
        } else {
            err.println("evenkeel: a mistake of ours, please report it:");
            failure.printStackTrace(err);
            err.flush();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
