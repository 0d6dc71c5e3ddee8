package dev.evenkeel.server;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program {@code evenkeel}. */
public final class Main {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final String LOG_LINE = "%1$tF %1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

    /** What the consensus engine says of every election is for those who look for it. Held, or the setting is lost. */
    private static final Logger ENGINE = Logger.getLogger("com.alipay.sofa.jraft");

    private Main() {}

    public static void main(String[] arguments) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, LOG_LINE);
        }
        if (System.getProperty("java.util.logging.config.file") == null) {
            ENGINE.setLevel(Level.SEVERE);
        }
        System.exit(run(arguments));
    }

    /**
     * A plain {@code dev} goes past picocli: its classes have a format that the JVM keeps in no cache, and reading the
     * command line would be half of the start (0.2 s). What is not plain, mistakes included, is picocli's.
     */
    private static int run(String[] arguments) {
        Optional<DevCommand> plain = arguments.length > 0 && arguments[0].equals("dev")
                ? DevCommand.plain(Arrays.asList(arguments).subList(1, arguments.length))
                : Optional.empty();
        if (plain.isEmpty()) {
            return CommandLines.run(arguments);
        }
        try {
            return plain.get().call();
        } catch (StartException e) {
            System.err.println("evenkeel: " + e.getMessage());
            return 1;
        } catch (InterruptedException _) {
            return 1;
        }
    }

    /** What the jar says it is. */
    static String version() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(unpacked)");
    }
}
