package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * An item as a read transaction finds it.
 *
 * @param item null when there is none, or when the version alone was wanted
 * @param term of the group's leader, who alone can compare versions
 * @param version grows with every write of the item; {@link #BUSY} when somebody is writing it
 */
public record ItemVersion(@Nullable Item item, long term, long version) {
    public static final long BUSY = -1;
    static final ItemVersion IS_BUSY = new ItemVersion(null, 0, BUSY);

    public boolean isBusy() {
        return version == BUSY;
    }

    /** Whether the item surely has not been written from one to the other, and was in nobody's hands. */
    public boolean isUnchangedIn(ItemVersion later) {
        return !isBusy() && term == later.term && version == later.version;
    }

    void write(ByteWriter out) {
        out.unsigned(term).signed(version).bool(item != null);
        if (item != null) {
            out.item(item);
        }
    }

    static ItemVersion read(ByteReader in) {
        long term = in.unsigned();
        long version = in.signed();
        return new ItemVersion(in.bool() ? in.item() : null, term, version);
    }
}
