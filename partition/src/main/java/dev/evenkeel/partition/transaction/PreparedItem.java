package dev.evenkeel.partition.transaction;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction that is not decided yet holds of an item: kept in the store beside the item, on all replicas, from
 * prepare to commit or cancel. Until then nobody else writes the item.
 *
 * <pre>
 * value = version:u8 id home timestamp flags:u8 [after]
 * </pre>
 *
 * @param home the group whose ledger has the transaction
 * @param writes false when the transaction only checks the item
 * @param after what the item will be; null when it will be gone, or is only checked
 */
public record PreparedItem(
        TransactionId id,
        int home,
        long timestamp,
        boolean writes,
        @Nullable Item after) {
    private static final int VERSION = 1;
    private static final int WRITES = 1;
    private static final int HAS_AFTER = 2;

    public byte[] encode() {
        var out = new ByteWriter(64 + (after == null ? 0 : after.bytes().length)).u8(VERSION);
        id.write(out);
        out.unsigned(home).unsigned(timestamp).u8((writes ? WRITES : 0) | (after == null ? 0 : HAS_AFTER));
        if (after != null) {
            out.item(after);
        }
        return out.toBytes();
    }

    public static PreparedItem decode(byte[] value) {
        var in = new ByteReader(value);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a prepared item of version " + version + ", this release reads " + VERSION);
        }
        var id = TransactionId.read(in);
        int home = (int) in.unsigned();
        long timestamp = in.unsigned();
        int flags = in.u8();
        return new PreparedItem(
                id, home, timestamp, (flags & WRITES) != 0, (flags & HAS_AFTER) == 0 ? null : in.item());
    }
}
