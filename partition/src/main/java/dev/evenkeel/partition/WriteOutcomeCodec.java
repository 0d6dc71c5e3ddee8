package dev.evenkeel.partition;

import dev.evenkeel.expression.UpdateResult;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of what a write did, for the one who asked for it: the item of a put is not sent back.
 *
 * <pre>
 * outcome = flags:u8 [before] [after] [updatedOld updatedNew] tableUnits:f64
 *           count (index units:f64)… collectionBytes:signed
 * </pre>
 */
final class WriteOutcomeCodec {
    private static final int BEFORE = 1;
    private static final int AFTER = 2;
    /** The item after is the one that was put. */
    private static final int AFTER_AS_PUT = 4;

    private static final int UPDATE = 8;

    private WriteOutcomeCodec() {}

    static void write(ByteWriter out, ItemWrite write, WriteOutcome outcome) {
        var after = outcome.after();
        boolean isAsPut = after != null && write instanceof ItemWrite.Put put && after.equals(put.item());
        out.u8((outcome.before() == null ? 0 : BEFORE)
                | (isAsPut ? AFTER_AS_PUT : after == null ? 0 : AFTER)
                | (outcome.update() == null ? 0 : UPDATE));
        writeItem(out, outcome.before());
        writeItem(out, isAsPut ? null : after);
        if (outcome.update() != null) {
            writeItem(out, outcome.update().updatedOld());
            writeItem(out, outcome.update().updatedNew());
        }
        out.f64(outcome.tableUnits()).unsigned(outcome.indexUnits().size());
        outcome.indexUnits().forEach((index, units) -> out.string(index).f64(units));
        out.signed(outcome.collectionBytes());
    }

    private static void writeItem(ByteWriter out, @Nullable Item item) {
        if (item != null) {
            out.item(item);
        }
    }

    static WriteOutcome read(ByteReader in, ItemWrite write) {
        int flags = in.u8();
        var before = (flags & BEFORE) == 0 ? null : in.item();
        var after = (flags & AFTER) == 0 ? null : in.item();
        if ((flags & AFTER_AS_PUT) != 0 && write instanceof ItemWrite.Put put) {
            after = put.item();
        }
        var update = (flags & UPDATE) == 0 ? null : update(in, after);
        return new WriteOutcome(before, after, update, in.f64(), units(in), in.signed());
    }

    private static UpdateResult update(ByteReader in, @Nullable Item after) {
        return new UpdateResult(after == null ? Item.EMPTY : after, in.item(), in.item());
    }

    private static Map<String, Double> units(ByteReader in) {
        var units = new LinkedHashMap<String, Double>();
        for (long i = in.unsigned(); i > 0; i--) {
            units.put(in.string(), in.f64());
        }
        return units;
    }
}
