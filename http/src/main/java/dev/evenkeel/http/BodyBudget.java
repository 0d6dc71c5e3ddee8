package dev.evenkeel.http;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the request bodies of one HTTP/2 connection, those arriving and those with the handler alike.
 *
 * <p>Up to {@link #FREE_BYTES} every stream's window is refilled as it is used. Above that one stream is favoured: it alone
 * goes on until its request is answered or reset, so that some body can always become whole. The others may use up the
 * window they have, which is all a small body needs, and wait. A connection therefore holds at most the free bytes, one
 * body of the longest kind, and a window per stream. Only the event loop touches it.
 */
final class BodyBudget {
    static final int FREE_BYTES = 1024 * 1024;

    /** Refills the window of a stream that had to wait. */
    @FunctionalInterface
    interface Windows {
        void refill(int streamId, int windowBytes);
    }

    /** What one request takes of the budget. */
    static final class Share {
        private final int streamId;
        private int bodyBytes;
        private int heldBytes; // of its window, not refilled

        Share(int streamId) {
            this.streamId = streamId;
        }

        boolean isHeld() {
            return heldBytes > 0;
        }
    }

    private final Windows windows;
    private final LinkedHashSet<Share> held = new LinkedHashSet<>(); // oldest first; empty unless one is favoured
    private @Nullable Share favoured; // null while nobody needs it
    private long bytes;

    BodyBudget(Windows windows) {
        this.windows = windows;
    }

    /** Bytes of all bodies not done with. */
    long bytes() {
        return bytes;
    }

    /**
     * Notes a piece of a body that is not the last.
     *
     * @param windowBytes what it took of the stream's window, padding included
     * @return how much of the window to refill at once
     */
    int take(Share share, int bodyBytes, int windowBytes) {
        count(share, bodyBytes);
        if (bytes <= FREE_BYTES) {
            return windowBytes;
        }
        if (favoured == null) {
            favoured = share;
        }
        if (favoured == share) {
            return windowBytes;
        }
        share.heldBytes += windowBytes;
        held.add(share);
        return 0;
    }

    /** As {@link #take}, for the last piece: the stream needs its window no more, the connection wants it back. */
    int takeLast(Share share, int bodyBytes, int windowBytes) {
        count(share, bodyBytes);
        return windowBytes + unhold(share);
    }

    private void count(Share share, int bodyBytes) {
        share.bodyBytes += bodyBytes;
        bytes += bodyBytes;
    }

    /**
     * The request is answered, refused or gone; those that waited for it go on.
     *
     * @return what was held back of its window
     */
    int done(Share share) {
        bytes -= share.bodyBytes;
        share.bodyBytes = 0;
        int unheld = unhold(share);
        if (favoured == share) {
            favoured = null;
        }
        while (!held.isEmpty() && (bytes <= FREE_BYTES || favoured == null)) {
            Share next = held.getFirst();
            if (bytes > FREE_BYTES) {
                favoured = next;
            }
            windows.refill(next.streamId, unhold(next));
        }
        return unheld;
    }

    private int unhold(Share share) {
        int unheld = share.heldBytes;
        share.heldBytes = 0;
        held.remove(share);
        return unheld;
    }
}
