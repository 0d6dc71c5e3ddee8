package dev.evenkeel.server.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbAtomicCounter;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/** A bean as the enhanced client wants it: getters, setters, and annotations that say what is a key of what. */
@DynamoDbBean
public final class Booking {
    static final String BY_STATE = "by-state";

    private String guest = "";
    private long night;
    private String state = "";
    private long price;
    private @Nullable Instant arrival;
    private @Nullable Set<String> wishes;
    private @Nullable List<Room> rooms;
    private @Nullable Long version;
    private @Nullable Long changes;

    /** Part of a booking, a document within the item. */
    @DynamoDbBean
    public static final class Room {
        private @Nullable String name;
        private int beds;

        static Room of(String name, int beds) {
            var room = new Room();
            room.setName(name);
            room.setBeds(beds);
            return room;
        }

        public @Nullable String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        public int getBeds() {
            return beds;
        }

        public void setBeds(int beds) {
            this.beds = beds;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Room that && beds == that.beds && Objects.equals(name, that.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, beds);
        }
    }

    static Booking of(String guest, long night, String state, long price) {
        var booking = new Booking();
        booking.setGuest(guest);
        booking.setNight(night);
        booking.setState(state);
        booking.setPrice(price);
        return booking;
    }

    @DynamoDbPartitionKey
    public String getGuest() {
        return guest;
    }

    public void setGuest(String guest) {
        this.guest = guest;
    }

    @DynamoDbSortKey
    public long getNight() {
        return night;
    }

    public void setNight(long night) {
        this.night = night;
    }

    @DynamoDbSecondaryPartitionKey(indexNames = BY_STATE)
    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }

    @DynamoDbSecondarySortKey(indexNames = BY_STATE)
    public long getPrice() {
        return price;
    }

    public void setPrice(long price) {
        this.price = price;
    }

    public @Nullable Instant getArrival() {
        return arrival;
    }

    public void setArrival(@Nullable Instant arrival) {
        this.arrival = arrival;
    }

    public @Nullable Set<String> getWishes() {
        return wishes;
    }

    public void setWishes(@Nullable Set<String> wishes) {
        this.wishes = wishes;
    }

    public @Nullable List<Room> getRooms() {
        return rooms;
    }

    public void setRooms(@Nullable List<Room> rooms) {
        this.rooms = rooms;
    }

    /** The client counts it up with each write, on the condition that it still is what was read. */
    @DynamoDbVersionAttribute
    public @Nullable Long getVersion() {
        return version;
    }

    public void setVersion(@Nullable Long version) {
        this.version = version;
    }

    /** The database counts it up with each update. */
    @DynamoDbAtomicCounter(startValue = 1)
    public @Nullable Long getChanges() {
        return changes;
    }

    public void setChanges(@Nullable Long changes) {
        this.changes = changes;
    }
}
