package dev.evenkeel.partition.stream;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Some records of a shard, in order.
 *
 * @param isTrimmed whether records behind the place asked for are gone; then there are none here
 * @param completeThrough there is no record up to this place that is not here or before the place asked for, and none
 *     will come
 */
public record ChangesPage(List<Stored> records, boolean isTrimmed, ChangePosition completeThrough) {
    public ChangesPage {
        records = List.copyOf(records);
    }

    /** One record as it is stored: {@link ChangeRecord#decode}. */
    public record Stored(ChangePosition position, byte[] record) {}

    public void write(ByteWriter out) {
        out.bool(isTrimmed);
        completeThrough.write(out);
        out.unsigned(records.size());
        for (var stored : records) {
            stored.position.write(out);
            out.bytes(stored.record);
        }
    }

    public static ChangesPage read(ByteReader in) {
        boolean isTrimmed = in.bool();
        var completeThrough = ChangePosition.read(in);
        var records = new ArrayList<Stored>();
        for (long i = in.unsigned(); i > 0; i--) {
            records.add(new Stored(ChangePosition.read(in), in.bytes()));
        }
        return new ChangesPage(records, isTrimmed, completeThrough);
    }
}
