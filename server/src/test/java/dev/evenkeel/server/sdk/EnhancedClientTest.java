package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** AWS's mapper of beans: it makes tables from annotations, and conditions and updates that nobody types by hand. */
@OneAndThreeZones(initialPartitions = 2)
class EnhancedClientTest {
    private static final TableSchema<Booking> SCHEMA = TableSchema.fromBean(Booking.class);

    private DynamoDbClient client;
    private DynamoDbEnhancedClient enhanced;
    private DynamoDbTable<Booking> bookings;

    @BeforeEach
    void createTable(DynamoDbClient plain) {
        client = plain;
        enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(plain).build();
        bookings = enhanced.table("bookings", SCHEMA);
        bookings.createTable();
    }

    private static Key key(String guest, long night) {
        return Key.builder().partitionValue(guest).sortValue(night).build();
    }

    /** As it is now, also when it was only just written. */
    private Booking read(String guest, long night) {
        return Objects.requireNonNull(
                bookings.getItem(request -> request.key(key(guest, night)).consistentRead(true)), "no such booking");
    }

    @Test
    void theTableIsWhatTheAnnotationsSay() {
        var table = bookings.describeTable().table();
        assertThat(table.keySchema()).containsExactly(Sdk.hash("guest"), Sdk.range("night"));
        assertThat(table.globalSecondaryIndexes()).hasSize(1).first().satisfies(index -> {
            assertThat(index.indexName()).isEqualTo(Booking.BY_STATE);
            assertThat(index.keySchema()).extracting(it -> it.keyType()).containsExactly(KeyType.HASH, KeyType.RANGE);
            assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
        });
        bookings.deleteTable();
        assertThat(client.listTables().tableNames()).doesNotContain("bookings");
    }

    @Test
    void aBeanComesBackAsItWas() {
        var booking = Booking.of("ada", 7, "open", 120);
        booking.setArrival(Instant.parse("2026-11-25T15:00:00.123456Z"));
        booking.setWishes(Set.of("quiet", "high"));
        booking.setRooms(List.of(Booking.Room.of("blue", 2), Booking.Room.of("red", 1)));
        bookings.putItem(booking);

        assertThat(read("ada", 7))
                .usingRecursiveComparison()
                .ignoringFields("version", "changes")
                .isEqualTo(booking);
        assertThat(read("ada", 7).getVersion()).isEqualTo(1);
        assertThat(bookings.getItem(key("ada", 8))).isNull();
    }

    @Test
    void whoReadTheOlderVersionMayNotWrite() {
        bookings.putItem(Booking.of("ada", 7, "open", 120));
        var mine = read("ada", 7);
        var theirs = read("ada", 7);

        theirs.setPrice(100);
        assertThat(bookings.updateItem(theirs).getVersion()).isEqualTo(2);
        mine.setPrice(140);
        assertThatThrownBy(() -> bookings.updateItem(mine)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThatThrownBy(() -> bookings.putItem(mine)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThatThrownBy(() -> bookings.putItem(Booking.of("ada", 7, "open", 1)))
                .isInstanceOf(ConditionalCheckFailedException.class);

        assertThat(read("ada", 7).getPrice()).isEqualTo(100);
        assertThat(read("ada", 7).getVersion()).isEqualTo(2);
    }

    @Test
    void anUpdateLeavesAloneWhatIsNull() {
        var booking = Booking.of("ada", 7, "open", 120);
        booking.setWishes(Set.of("quiet"));
        booking.setRooms(List.of(Booking.Room.of("blue", 2)));
        bookings.putItem(booking);

        var changed = Booking.of("ada", 7, "paid", 120);
        changed.setVersion(1L);
        bookings.updateItem(request -> request.item(changed).ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY));
        assertThat(read("ada", 7).getState()).isEqualTo("paid");
        assertThat(read("ada", 7).getWishes()).containsExactly("quiet");

        changed.setVersion(2L);
        var updated = bookings.updateItem(changed); // without the mode, null means "remove it"
        assertThat(updated.getWishes()).isNull();
        assertThat(updated.getRooms()).isNull();
        assertThat(updated.getChanges()).isEqualTo(3); // written by the put, counted by both updates
    }

    @Test
    void writesMayHaveConditionsAndAnswerWithWhatWas() {
        bookings.putItem(Booking.of("ada", 7, "open", 120));
        var isPaid = Expression.builder()
                .expression("#state = :paid")
                .putExpressionName("#state", "state")
                .putExpressionValue(":paid", Sdk.s("paid"))
                .build();
        assertThatThrownBy(() -> bookings.deleteItem(
                        request -> request.key(key("ada", 7)).conditionExpression(isPaid)))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(bookings.deleteItem(key("ada", 7)).getPrice()).isEqualTo(120);
        assertThat(bookings.deleteItem(key("ada", 7))).isNull();
    }

    @Test
    void theIndexIsQueriedInItsOrder() {
        for (int night = 0; night < 12; night++) {
            bookings.putItem(Booking.of("guest-" + night % 3, night, night % 2 == 0 ? "open" : "paid", 100 - night));
        }
        var index = bookings.index(Booking.BY_STATE);
        var cheap = QueryConditional.sortBetween(
                key("open", 90),
                Key.builder().partitionValue("open").sortValue(96).build());
        assertThat(index.query(request -> request.queryConditional(cheap)).stream()
                        .flatMap(page -> page.items().stream())
                        .map(Booking::getNight))
                .containsExactly(10L, 8L, 6L, 4L);

        var pages = index
                .query(request -> request.queryConditional(QueryConditional.keyEqualTo(
                                Key.builder().partitionValue("open").build()))
                        .scanIndexForward(false)
                        .limit(4))
                .stream()
                .map(Page::items)
                .toList();
        assertThat(pages).extracting(List::size).startsWith(4, 2);
        assertThat(pages.stream().flatMap(List::stream).map(Booking::getNight))
                .containsExactly(0L, 2L, 4L, 6L, 8L, 10L);
    }

    @Test
    void aTransactionHappensWholeOrNotAtAll() {
        bookings.putItem(Booking.of("ada", 1, "open", 10));
        bookings.putItem(Booking.of("bob", 2, "open", 20));
        var ada = read("ada", 1);
        ada.setState("paid");
        var exists = Expression.builder().expression("attribute_exists(guest)").build();
        enhanced.transactWriteItems(request -> request.addUpdateItem(bookings, ada)
                .addPutItem(bookings, Booking.of("cyd", 3, "open", 30))
                .addConditionCheck(
                        bookings,
                        ConditionCheck.builder()
                                .key(key("bob", 2))
                                .conditionExpression(exists)
                                .build()));
        assertThat(read("ada", 1).getVersion()).isEqualTo(2);

        var canceled = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> enhanced.transactWriteItems(request -> request.addUpdateItem(bookings, ada) // read before
                        .addDeleteItem(bookings, key("bob", 2))));
        assertThat(canceled.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("ConditionalCheckFailed", "None");

        var documents = enhanced.transactGetItems(request -> request.addGetItem(bookings, key("ada", 1))
                .addGetItem(bookings, key("bob", 2))
                .addGetItem(bookings, key("dan", 4)));
        assertThat(documents.get(0).getItem(bookings).getState()).isEqualTo("paid");
        assertThat(documents.get(1).getItem(bookings).getPrice()).isEqualTo(20);
        assertThat(documents.get(2).getItem(bookings)).isNull();
    }

    @Test
    void batchesWriteAndRead() {
        // without extensions: versions need conditions, which batches do not have
        var simple = DynamoDbEnhancedClient.builder()
                .dynamoDbClient(client)
                .extensions(List.of())
                .build();
        var table = simple.table("bookings", SCHEMA);
        var batch = WriteBatch.builder(Booking.class).mappedTableResource(table);
        LongStream.range(0, 25).forEach(night -> batch.addPutItem(Booking.of("ada", night, "open", night)));
        var written = simple.batchWriteItem(BatchWriteItemEnhancedRequest.builder()
                .addWriteBatch(batch.build())
                .build());
        assertThat(written.unprocessedPutItemsForTable(table)).isEmpty();

        var wanted = ReadBatch.builder(Booking.class).mappedTableResource(bookings);
        LongStream.range(20, 30)
                .forEach(night -> wanted.addGetItem(
                        request -> request.key(key("ada", night)).consistentRead(true)));
        var found = enhanced.batchGetItem(BatchGetItemEnhancedRequest.builder()
                .addReadBatch(wanted.build())
                .build());
        assertThat(found.resultsForTable(bookings).stream().map(Booking::getNight))
                .containsExactlyInAnyOrder(20L, 21L, 22L, 23L, 24L);
    }

    @Test
    void aScanGoesPageByPage() {
        LongStream.range(0, 10).forEach(night -> bookings.putItem(Booking.of("guest-" + night, night, "open", 1)));
        var scan = bookings.scan(request -> request.limit(4).consistentRead(true));

        assertThat(scan.stream().map(Page::items))
                .allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(4))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(scan.items().stream().map(Booking::getNight))
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }
}
