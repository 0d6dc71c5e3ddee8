package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The binary forms of a range read and its page.
 *
 * <pre>
 * read = space:u8 flags:u8 from [to] filter itemsMax bytesMax
 * page = flags:u8 count item… [lastEntry] scanned matched bytesRead fetchedUnits:f64
 * </pre>
 */
final class RangeCodec {
    private static final int HAS_END = 1;
    private static final int FORWARD = 2;
    private static final int CONSISTENT = 4;
    private static final int FETCH_ITEMS = 8;
    private static final int KEEP_ITEMS = 16;

    private static final int FULL = 1;
    private static final int HAS_LAST = 2;
    /** The last entry evaluated is the last item of the page, which need not be sent twice. */
    private static final int LAST_IN_PAGE = 4;

    private RangeCodec() {}

    static void write(ByteWriter out, RangeRead read) {
        out.u8(read.space());
        out.u8((read.to() == null ? 0 : HAS_END)
                | (read.forward() ? FORWARD : 0)
                | (read.consistent() ? CONSISTENT : 0)
                | (read.fetchItems() ? FETCH_ITEMS : 0)
                | (read.keepItems() ? KEEP_ITEMS : 0));
        out.bytes(read.from());
        if (read.to() != null) {
            out.bytes(read.to());
        }
        ItemWriteCodec.writeCondition(out, read.filter());
        out.unsigned(read.itemsMax()).unsigned(read.bytesMax());
    }

    static RangeRead readRead(ByteReader in) {
        int space = in.u8();
        int flags = in.u8();
        return new RangeRead(
                space,
                in.bytes(),
                (flags & HAS_END) == 0 ? null : in.bytes(),
                (flags & FORWARD) != 0,
                ItemWriteCodec.readCondition(in),
                (int) in.unsigned(),
                in.unsigned(),
                (flags & CONSISTENT) != 0,
                (flags & FETCH_ITEMS) != 0,
                (flags & KEEP_ITEMS) != 0);
    }

    static void write(ByteWriter out, RangePage page) {
        var last = page.lastEntry();
        boolean isLastInPage = last != null
                && !page.items().isEmpty()
                && last.equals(page.items().getLast());
        out.u8((page.full() ? FULL : 0) | (isLastInPage ? LAST_IN_PAGE : last == null ? 0 : HAS_LAST));
        out.unsigned(page.items().size());
        page.items().forEach(out::item);
        if (!isLastInPage && last != null) {
            out.item(last);
        }
        out.unsigned(page.scannedCount()).unsigned(page.matchedCount()).unsigned(page.bytesRead());
        out.f64(page.fetchedUnits());
    }

    static RangePage readPage(ByteReader in) {
        int flags = in.u8();
        var items = new ArrayList<Item>();
        for (long i = in.unsigned(); i > 0; i--) {
            items.add(in.item());
        }
        @Nullable
        Item last = (flags & HAS_LAST) != 0 ? in.item() : (flags & LAST_IN_PAGE) != 0 ? items.getLast() : null;
        int scanned = (int) in.unsigned();
        int matched = (int) in.unsigned();
        long bytes = in.unsigned();
        return new RangePage(items, scanned, matched, bytes, in.f64(), last, (flags & FULL) != 0);
    }
}
