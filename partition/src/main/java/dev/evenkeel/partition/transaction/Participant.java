package dev.evenkeel.partition.transaction;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** A group that takes part in a transaction, and with which items. */
public record Participant(int groupId, List<ItemPlace> items) {
    void write(ByteWriter out) {
        out.unsigned(groupId).unsigned(items.size());
        items.forEach(item -> item.write(out));
    }

    static Participant read(ByteReader in) {
        int groupId = (int) in.unsigned();
        var items = new ArrayList<ItemPlace>();
        for (long i = in.unsigned(); i > 0; i--) {
            items.add(ItemPlace.read(in));
        }
        return new Participant(groupId, items);
    }
}
