package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * What all transfers need to go their way.
 *
 * @param err where the person is told what happens
 * @param parallel requests under way, and parts read at the same time, at most
 */
public record Course(PrintWriter err, boolean quiet, int parallel, Ticker ticker, StopSignal stop, Duration saveEvery) {
    /** As people go: told on that writer, by this machine's time. */
    public static Course of(PrintWriter err, boolean quiet, int parallel, StopSignal stop) {
        return new Course(err, quiet, parallel, Ticker.system(), stop, Transfer.SAVE_EVERY);
    }

    /** Runs a transfer to its end. @throws TransferException saying how to go on */
    void run(Source source, Sink sink, TransferState state, String what, String summary) {
        if (state.hasBegun()) {
            tell(String.format(Locale.ROOT, "Going on behind %,d items, as %s says", state.items(), state.file()));
        }
        Progress progress = quiet ? Progress.silent() : Progress.on(err);
        progress.begin(what, source.total());
        try {
            new Transfer(source, sink, state, progress, ticker, stop, parallel, saveEvery).run();
        } catch (StopSignal.StoppedException e) {
            progress.interrupted();
            throw new TransferException("Interrupted" + goOn(state), e);
        } catch (TransferException e) {
            progress.interrupted();
            throw new TransferException(e.getMessage() + goOn(state), e);
        }
        progress.end(summary);
    }

    private static String goOn(TransferState state) {
        return String.format(
                Locale.ROOT, " (%,d items are done; the same command goes on from there)", state.savedItems());
    }

    void tell(String line) {
        if (!quiet) {
            err.println(line);
        }
    }
}
