package dev.evenkeel.partition.stream;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/**
 * Asks for the records of a shard behind a place, oldest first.
 *
 * @param fromHorizon whether a reader begins here: what has been trimmed is passed over, and nothing is missed
 * @param keptSince milliseconds since the epoch; what is older counts as trimmed, whether it is still stored or not
 * @param recordsMax at most so many
 * @param bytesMax at most so many bytes as they are stored, unless the first record alone has more
 */
public record ChangesRead(
        ShardKey shard, ChangePosition after, boolean fromHorizon, long keptSince, int recordsMax, long bytesMax) {

    public void write(ByteWriter out) {
        shard.write(out);
        after.write(out);
        out.bool(fromHorizon).signed(keptSince).unsigned(recordsMax).unsigned(bytesMax);
    }

    public static ChangesRead read(ByteReader in) {
        return new ChangesRead(
                ShardKey.read(in), ChangePosition.read(in), in.bool(), in.signed(), (int) in.unsigned(), in.unsigned());
    }
}
