package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * One physical change to the store of a replica.
 *
 * @param key a {@link dev.evenkeel.model.StoreKey}; of a change record, only what stands before the place in the log
 * @param value null removes the key
 */
record Mutation(byte[] key, byte @Nullable [] value) {

    void write(ByteWriter out) {
        out.bytes(key).u8(value == null ? 0 : 1);
        if (value != null) {
            out.bytes(value);
        }
    }

    static Mutation read(ByteReader in) {
        var key = in.bytes();
        return new Mutation(key, in.u8() == 0 ? null : in.bytes());
    }
}
