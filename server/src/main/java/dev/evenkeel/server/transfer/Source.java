package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where items come from: parts that are read side by side, each from its beginning or any page's end. */
interface Source {
    /** What the parts are called; also says, when a transfer goes on, whether they are still the same. */
    List<String> parts();

    /** How much there is to read, in whatever {@link Page#advanced} counts. */
    long total();

    /** Opens a part where it is. @throws IOException when it cannot be read */
    PartReader open(int part, PartState from) throws IOException;

    /** Reads one part; for one thread. */
    interface PartReader extends AutoCloseable {
        /** The next page, which may be without items; null at the part's end. */
        @Nullable
        Page next() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Some items of a part.
     *
     * @param items their documents are {@code {"Item":{…}}}
     * @param next the position behind them; has no line end and no tab
     * @param advanced how much was read for them; for the first page of a part, also before it
     */
    record Page(List<JsonLine> items, String next, long advanced) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
