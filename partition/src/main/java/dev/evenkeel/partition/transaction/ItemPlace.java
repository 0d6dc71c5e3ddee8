package dev.evenkeel.partition.transaction;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** An item of a group: its partition and its position there. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ItemPlace(long partitionId, byte[] position) {
    public void write(ByteWriter out) {
        out.unsigned(partitionId).bytes(position);
    }

    public static ItemPlace read(ByteReader in) {
        return new ItemPlace(in.unsigned(), in.bytes());
    }
}
