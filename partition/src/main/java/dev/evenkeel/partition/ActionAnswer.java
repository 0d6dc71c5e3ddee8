package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a participant says to one action of a transaction.
 *
 * <pre>
 * answer   = kind:u8 …
 * accepted = tableUnits:f64 count (index units:f64)… collectionBytes:signed
 * refused  = failure          tooOld = timestamp
 * </pre>
 */
public sealed interface ActionAnswer {

    /**
     * It can be done.
     *
     * @param tableUnits write units that a plain write of this kind would be charged
     * @param indexUnits likewise, by index name
     * @param collectionBytes size of the item collection afterwards, -1 for a table without local indexes
     */
    record Accepted(double tableUnits, Map<String, Double> indexUnits, long collectionBytes) implements ActionAnswer {}

    /** It cannot, and the client is told why among the reasons. */
    record Refused(DynamoException failure) implements ActionAnswer {}

    /** The item was, or may have been, written later than the transaction's timestamp: it must be above that one. */
    record TooOld(long timestamp) implements ActionAnswer {}

    int ACCEPTED = 1;
    int REFUSED = 2;
    int TOO_OLD = 3;

    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    default void write(ByteWriter out) {
        switch (this) {
            case Accepted(var tableUnits, var indexUnits, var collectionBytes) -> {
                out.u8(ACCEPTED).f64(tableUnits).unsigned(indexUnits.size());
                indexUnits.forEach((index, units) -> out.string(index).f64(units));
                out.signed(collectionBytes);
            }
            case Refused(var failure) -> FailureCodec.write(out.u8(REFUSED), failure);
            case TooOld(var timestamp) -> out.u8(TOO_OLD).unsigned(timestamp);
        }
    }

    static ActionAnswer read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case ACCEPTED -> {
                double tableUnits = in.f64();
                var indexUnits = new LinkedHashMap<String, Double>();
                for (long i = in.unsigned(); i > 0; i--) {
                    indexUnits.put(in.string(), in.f64());
                }
                yield new Accepted(tableUnits, indexUnits, in.signed());
            }
            case REFUSED -> new Refused(FailureCodec.read(in));
            case TOO_OLD -> new TooOld(in.unsigned());
            default -> throw new IllegalStateException("an answer to an action of unknown kind " + kind);
        };
    }
}
