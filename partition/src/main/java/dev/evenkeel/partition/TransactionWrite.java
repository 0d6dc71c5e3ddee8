package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.ItemPlace;

/** One action of a transaction, in its partition. */
public record TransactionWrite(long partitionId, ItemWrite write) {

    public ItemPlace place() {
        return new ItemPlace(partitionId, write.position());
    }

    void write(ByteWriter out) {
        out.unsigned(partitionId);
        ItemWriteCodec.write(out, write);
    }

    static TransactionWrite read(ByteReader in) {
        return new TransactionWrite(in.unsigned(), ItemWriteCodec.read(in));
    }
}
