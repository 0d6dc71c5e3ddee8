package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.UpdateTimeToLiveInput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.ExpirySchema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a table's items expire, as its setting changes over time; DynamoDB's words were recorded at AWS. */
class TimeToLiveTest {
    private static final String TOO_OFTEN = "Time to live has been modified multiple times within a fixed interval";
    private static final String OTHER =
            "TimeToLive is active on a different AttributeName: current AttributeName is until";

    private final ControlPlane plane = ControlPlane.delayed();

    private void set(boolean enabled, String attribute) {
        plane.setTimeToLive("orders", enabled, attribute);
    }

    private void assertRefused(boolean enabled, String attribute, ErrorCode code, String message) {
        assertThatThrownBy(() -> set(enabled, attribute))
                .hasMessage(message)
                .extracting(refused -> ((DynamoException) refused).code())
                .isEqualTo(code);
    }

    private void assertInvalid(boolean enabled, String attribute, String message) {
        assertRefused(enabled, attribute, ErrorCode.VALIDATION, message);
    }

    private @Nullable ExpirySchema followed() {
        return plane.catalog.image().table("orders").orElseThrow().schema().expiry();
    }

    @Test
    void passesThroughItsStates() {
        plane.createPlain("orders");
        plane.scheduler.runAll();

        set(true, "until");
        assertThat(plane.timeToLive("orders")).isEqualTo("ENABLING until");
        assertThat(plane.describe("orders").tableStatus()).isEqualTo("ACTIVE");
        assertThat(followed()).as("leaders are to follow it").isNotNull();
        assertInvalid(true, "until", "TimeToLive is already enabled");
        assertInvalid(true, "other", OTHER);
        assertInvalid(false, "other", OTHER);
        assertInvalid(false, "until", TOO_OFTEN);

        plane.scheduler.runAll();
        assertThat(plane.timeToLive("orders")).isEqualTo("ENABLED until");
        assertInvalid(true, "until", "TimeToLive is already enabled");
        assertInvalid(true, "other", OTHER);

        set(false, "until");
        assertThat(plane.timeToLive("orders")).isEqualTo("DISABLING until");
        assertThat(followed()).isNull();
        assertInvalid(true, "until", TOO_OFTEN);
        assertInvalid(true, "other", TOO_OFTEN);
        assertInvalid(false, "until", "TimeToLive is already disabled");

        plane.scheduler.runAll();
        assertThat(plane.timeToLive("orders")).isEqualTo("DISABLED null");
        assertInvalid(false, "until", "TimeToLive is already disabled");
    }

    @Test
    void eachSettingIsANewOne() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        long before = 0;
        for (int i = 0; i < 3; i++) {
            set(true, "until");
            var followed = Objects.requireNonNull(followed());
            assertThat(followed.id()).isGreaterThan(before);
            before = followed.id();
            plane.scheduler.runAll();
            set(false, "until");
            plane.scheduler.runAll();
        }
    }

    @Test
    void isResumedAndNotSettledBeforeLeadersFollow() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        set(true, "until");
        plane.restart();
        plane.partitions.failures = 1;
        plane.scheduler.runOne();
        assertThat(plane.timeToLive("orders")).isEqualTo("ENABLING until");

        plane.scheduler.runAll();
        assertThat(plane.timeToLive("orders")).isEqualTo("ENABLED until");
    }

    @Test
    void tablesThatComeOrGo() {
        assertRefused(
                true, "until", ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found: Table: orders not found");
        plane.createPlain("orders");
        assertRefused(
                true,
                "until",
                ErrorCode.RESOURCE_IN_USE,
                "Attempt to change a resource which is still in use: Table orders is being created");
        plane.scheduler.runAll();
        plane.delete("orders");
        set(true, "until");
        assertThatThrownBy(() -> plane.timeToLive("orders"))
                .hasMessage("Cannot describe time to live while table is in DELETING state: Current table state is"
                        + " DELETING");
        plane.scheduler.runAll();
        assertThat(plane.catalog.image().tables()).isEmpty();
    }

    @Test
    void whatIsMissingIsToldInTheModelsWords() {
        plane.createPlain("orders");
        assertThatThrownBy(() -> update("{'Enabled': true}"))
                .hasMessage(
                        "1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' failed to"
                                + " satisfy constraint: Member must not be null");
        assertThatThrownBy(() -> update("{'AttributeName': 'until'}"))
                .hasMessage("1 validation error detected: Value null at 'timeToLiveSpecification.enabled' failed to"
                        + " satisfy constraint: Member must not be null");
    }

    private void update(String specification) {
        ControlPlane.call(
                "UpdateTimeToLive",
                (UpdateTimeToLiveInput input) -> plane.tables.updateTimeToLive(input),
                "{'TableName': 'orders', 'TimeToLiveSpecification': %s}".formatted(specification));
    }
}
