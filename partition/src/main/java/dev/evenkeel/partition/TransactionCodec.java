package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.transaction.ItemPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The binary form of what several requests of transactions have in common: {@code count each…}. */
final class TransactionCodec {
    private TransactionCodec() {}

    static void writeWrites(ByteWriter out, List<TransactionWrite> writes) {
        writeAll(out, writes, (write, to) -> write.write(to));
    }

    static List<TransactionWrite> readWrites(ByteReader in) {
        return readAll(in, TransactionWrite::read);
    }

    static void writeAnswers(ByteWriter out, List<ActionAnswer> answers) {
        writeAll(out, answers, (answer, to) -> answer.write(to));
    }

    static List<ActionAnswer> readAnswers(ByteReader in) {
        return readAll(in, ActionAnswer::read);
    }

    static void writePlaces(ByteWriter out, List<ItemPlace> places) {
        writeAll(out, places, (place, to) -> place.write(to));
    }

    static List<ItemPlace> readPlaces(ByteReader in) {
        return readAll(in, ItemPlace::read);
    }

    static void writeVersions(ByteWriter out, List<ItemVersion> versions) {
        writeAll(out, versions, (version, to) -> version.write(to));
    }

    static List<ItemVersion> readVersions(ByteReader in) {
        return readAll(in, ItemVersion::read);
    }

    private static <T> void writeAll(ByteWriter out, List<T> all, BiConsumer<T, ByteWriter> each) {
        out.unsigned(all.size());
        all.forEach(it -> each.accept(it, out));
    }

    private static <T> List<T> readAll(ByteReader in, Function<ByteReader, T> each) {
        var all = new ArrayList<T>();
        for (long i = in.unsigned(); i > 0; i--) {
            all.add(each.apply(in));
        }
        return all;
    }
}
