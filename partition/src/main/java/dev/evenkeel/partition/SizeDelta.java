package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/**
 * How much a write adds to one space of its partition.
 *
 * @param space {@link dev.evenkeel.model.StoreKey#ITEMS} or the number of a local index
 */
record SizeDelta(int space, long items, long bytes) {

    boolean isNothing() {
        return items == 0 && bytes == 0;
    }

    void write(ByteWriter out) {
        out.u8(space).signed(items).signed(bytes);
    }

    static SizeDelta read(ByteReader in) {
        return new SizeDelta(in.u8(), in.signed(), in.signed());
    }
}
