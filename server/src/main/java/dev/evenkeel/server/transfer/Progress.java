package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far something is that reads items: a bar on a terminal, a line now and then elsewhere, and one at the end. */
public final class Progress {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int BAR_CELLS = 30;
    private static final double NANOS_PER_SECOND = 1e9;

    private final @Nullable PrintWriter out; // null says nothing
    private final boolean terminal;
    private final Ticker ticker;
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private String what = "";
    private long total;
    private long begunNanos;
    private long drawnNanos;

    public Progress(@Nullable PrintWriter out, boolean terminal, Ticker ticker) {
        this.out = out;
        this.terminal = terminal;
        this.ticker = ticker;
    }

    public static Progress silent() {
        return new Progress(null, false, Ticker.system());
    }

    public static Progress on(PrintWriter out) {
        Console console = System.console();
        return new Progress(out, console != null && console.isTerminal(), Ticker.system());
    }

    /**
     * @param newWhat what is read, in front of the bar
     * @param newTotal how much there is to read, in any unit; it may be more or less in the end
     */
    public void begin(String newWhat, long newTotal) {
        what = newWhat;
        total = newTotal;
        begunNanos = ticker.nanos();
        drawnNanos = begunNanos;
    }

    /** So much more has been read. */
    public void read(long more) {
        read.addAndGet(more);
    }

    /** So many items more are where they belong. */
    public void stored(long more) {
        items.addAndGet(more);
    }

    /** Tells how far it is if it did so long ago. Call on one thread at a time. */
    public void maybeDraw() {
        if (out != null && ticker.nanos() - drawnNanos > (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            drawnNanos = ticker.nanos();
            draw(out);
        }
    }

    private void draw(PrintWriter to) {
        double share = total == 0 ? 1 : Math.min(1, (double) read.get() / total);
        String figures = String.format(Locale.ROOT, "%3.0f %%  %,d items ", 100 * share, items.get());
        if (terminal) {
            int full = (int) (share * BAR_CELLS);
            to.print("\r" + what + " [" + "#".repeat(full) + "-".repeat(BAR_CELLS - full) + "] " + figures);
            to.flush();
        } else {
            to.println(what + " " + figures.strip());
        }
    }

    /** Takes the bar away, so that something else can be told. */
    public void interrupted() {
        if (out != null && terminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    /** @param summary with the number of items for its {@code %s}, e.g. {@code Loaded %s items} */
    public void end(String summary) {
        if (out != null) {
            if (terminal) {
                draw(out);
            }
            interrupted(); // the summary takes the bar's place
            double seconds = (ticker.nanos() - begunNanos) / NANOS_PER_SECOND;
            String number = String.format(Locale.ROOT, "%,d", items.get());
            out.println(summary.replace("%s", number) + String.format(Locale.ROOT, " in %.1f s", seconds));
        }
    }
}
