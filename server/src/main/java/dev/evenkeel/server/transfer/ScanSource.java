package dev.evenkeel.server.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a table, by a parallel scan. Its parts are the segments; a position is the raw LastEvaluatedKey.
 *
 * @param items about how many items the table has
 * @param consistent whether reads are strongly consistent, which costs twice as much
 */
record ScanSource(DynamoClient client, String table, long items, int segments, boolean consistent) implements Source {
    private static final String END = "end"; // no JSON, so no key
    private static final byte[] ITEM = "{\"Item\":".getBytes(StandardCharsets.US_ASCII);

    @Override
    public List<String> parts() {
        return IntStream.range(0, segments)
                .mapToObj(segment -> "segment " + segment + " of " + segments)
                .toList();
    }

    @Override
    public long total() {
        return items;
    }

    @Override
    public PartReader open(int part, PartState from) {
        return new SegmentReader(part, from);
    }

    private final class SegmentReader implements PartReader {
        private final int segment;
        private String position;
        private long before;
        private boolean ended;
        private int page;

        SegmentReader(int segment, PartState from) {
            this.segment = segment;
            this.position = from.position();
            this.before = from.items();
            this.ended = position.equals(END);
        }

        @Override
        public @Nullable Page next() throws IOException {
            if (ended) {
                return null;
            }
            JsonObject answer = scan();
            Optional<byte[]> last = answer.raw("LastEvaluatedKey");
            ended = last.isEmpty();
            position = last.map(key -> new String(key, StandardCharsets.UTF_8)).orElse(END);
            List<JsonLine> lines = lines(answer.elements("Items"));
            long advanced = before + lines.size();
            before = 0;
            return new Page(lines, position, advanced);
        }

        private JsonObject scan() {
            String start = position.isEmpty() ? "" : ",\"ExclusiveStartKey\":" + position;
            try {
                return client.call(
                        "Scan",
                        "{\"TableName\":" + EndpointTables.quoted(table) + ",\"Segment\":" + segment
                                + ",\"TotalSegments\":" + segments + ",\"ConsistentRead\":" + consistent + start + "}");
            } catch (RefusedException e) {
                throw new TransferException(
                        "Table " + table + " at " + client.endpoint() + " cannot be read: " + e.getMessage(), e);
            }
        }

        private List<JsonLine> lines(List<byte[]> found) {
            page++;
            String origin = table + ", segment " + segment + ", page " + page;
            var lines = new ArrayList<JsonLine>(found.size());
            for (byte[] item : found) {
                var line = new ByteArrayOutputStream(ITEM.length + item.length + 1);
                line.writeBytes(ITEM);
                line.writeBytes(item);
                line.write('}');
                lines.add(new JsonLine(origin, lines.size() + 1, line.toByteArray()));
            }
            return lines;
        }

        @Override
        public void close() {}
    }
}
