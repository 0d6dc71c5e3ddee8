package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal while a file is loaded, one line at the end elsewhere. */
final class Progress {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final int BAR_CELLS = 30;
    private static final double NANOS_PER_SECOND = 1e9;

    private final @Nullable PrintWriter out; // null says nothing
    private final boolean terminal;
    private final Ticker ticker;
    private final AtomicLong items = new AtomicLong();
    private Path path = Path.of("");
    private long bytesTotal;
    private volatile long bytesRead;
    private long begunNanos;
    private long drawnNanos;

    Progress(@Nullable PrintWriter out, boolean terminal, Ticker ticker) {
        this.out = out;
        this.terminal = terminal;
        this.ticker = ticker;
    }

    static Progress silent() {
        return new Progress(null, false, Ticker.system());
    }

    static Progress on(PrintWriter out) {
        Console console = System.console();
        return new Progress(out, console != null && console.isTerminal(), Ticker.system());
    }

    void begin(LoadFile file) {
        path = file.path();
        bytesTotal = file.bytes();
        begunNanos = ticker.nanos();
        drawnNanos = begunNanos;
    }

    void read(long bytes) {
        bytesRead = bytes;
    }

    /** One item more is stored. */
    void stored() {
        items.incrementAndGet();
    }

    /** Draws the bar if that was long ago. Call on one thread. */
    void maybeDraw() {
        if (terminal && ticker.nanos() - drawnNanos > REDRAW_NANOS) {
            drawnNanos = ticker.nanos();
            draw();
        }
    }

    private void draw() {
        if (out != null) {
            double share = bytesTotal == 0 ? 1 : (double) bytesRead / bytesTotal;
            int full = (int) (share * BAR_CELLS);
            out.print("\r" + path + " [" + "#".repeat(full) + "-".repeat(BAR_CELLS - full) + "] "
                    + String.format(Locale.ROOT, "%3.0f %%  %,d items ", 100 * share, items.get()));
            out.flush();
        }
    }

    void end() {
        if (out != null) {
            if (terminal) {
                draw();
                out.print("\r\033[K"); // the summary takes the bar's place
            }
            double seconds = (ticker.nanos() - begunNanos) / NANOS_PER_SECOND;
            out.println(String.format(Locale.ROOT, "Loaded %,d items from %s in %.1f s", items.get(), path, seconds));
        }
    }
}
