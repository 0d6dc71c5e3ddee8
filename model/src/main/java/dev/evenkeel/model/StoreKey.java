package dev.evenkeel.model;

import java.util.Arrays;

/**
 * The key under which a replica's store keeps an entry.
 *
 * <pre>
 * key   = table:u32 space:u8 position…
 * space = 0 the table's items; 1..5 its local indexes; F0 and above a partition's own records
 * </pre>
 *
 * A partition is a range of positions; it owns that range in every space of its table, which keeps a local index beside
 * its items without mixing the two in a scan.
 */
public final class StoreKey {
    public static final int PREFIX_BYTES = 5;
    public static final int ITEMS = 0;
    /** Bytes in each item collection, kept for tables with local indexes; the position has no sort key. */
    public static final int COLLECTION_SIZES = 0xF0;
    /** Item count and bytes of each partition. */
    public static final int STATISTICS = 0xF1;
    /** How far index changes had been carried out of the log; from before there was an outbox, and read only. */
    public static final int INDEX_PROGRESS = 0xF2;
    /** Changes that global indexes have not been told yet, by LSN; the group's, under table 0. */
    public static final int INDEX_OUTBOX = 0xF3;
    /** Transactions that are under way or whose token is remembered; the group's, under table 0. */
    public static final int LEDGER = 0xF4;
    /** What transactions that are under way hold of the table's items, by position. */
    public static final int PREPARED_ITEMS = 0xF5;
    /** A bound of all timestamps in the group's log; the group's, under table 0. */
    public static final int TIMESTAMP = 0xF6;

    /** Change records of streams, by partition, stream and LSN; they outlive their partition. */
    public static final int CHANGES = 0xF7;
    /** How far the change records of a partition and stream have been trimmed. */
    public static final int TRIMMED = 0xF8;
    /** Which item's time comes when, by partition, setting, second and position. */
    public static final int EXPIRY = 0xF9;
    /** How far the items of a partition are entered there. */
    public static final int EXPIRY_FILLED = 0xFA;

    private StoreKey() {}

    public static byte[] of(int tableId, int space, byte[] position) {
        var key = new byte[PREFIX_BYTES + position.length];
        Item.putInt(key, 0, tableId);
        key[4] = (byte) space;
        System.arraycopy(position, 0, key, PREFIX_BYTES, position.length);
        return key;
    }

    public static int tableId(byte[] key) {
        return Item.getInt(key, 0);
    }

    public static int space(byte[] key) {
        return key[4] & 0xFF;
    }

    public static byte[] position(byte[] key) {
        return Arrays.copyOfRange(key, PREFIX_BYTES, key.length);
    }
}
