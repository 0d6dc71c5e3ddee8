package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * What one committed write means to one global index: the entry at {@code removed} goes, then {@code entry} comes to
 * {@code added}. Both name positions in the index's own hidden table. Applying it twice is applying it once.
 *
 * @param indexTableId the hidden table
 */
record IndexChange(
        int indexTableId,
        byte @Nullable [] removed,
        byte @Nullable [] added,
        @Nullable Item entry) {

    IndexChange {
        if ((added == null) != (entry == null)) {
            throw new IllegalArgumentException("an entry comes with its position");
        }
    }

    private static final int REMOVES = 1;
    private static final int ADDS = 2;

    void write(ByteWriter out) {
        out.unsigned(indexTableId).u8((removed == null ? 0 : REMOVES) | (added == null ? 0 : ADDS));
        if (removed != null) {
            out.bytes(removed);
        }
        if (added != null && entry != null) {
            out.bytes(added).bytes(entry.bytes());
        }
    }

    static IndexChange read(ByteReader in) {
        int tableId = (int) in.unsigned();
        int flags = in.u8();
        byte[] removed = (flags & REMOVES) == 0 ? null : in.bytes();
        if ((flags & ADDS) == 0) {
            return new IndexChange(tableId, removed, null, null);
        }
        return new IndexChange(tableId, removed, in.bytes(), Item.wrap(in.bytes()));
    }
}
