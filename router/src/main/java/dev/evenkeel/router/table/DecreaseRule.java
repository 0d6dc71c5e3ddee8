package dev.evenkeel.router.table;

import dev.evenkeel.metadata.ProvisionedThroughput;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How often provisioned throughput may fall: four times in a UTC day, then once an hour after the last time (Developer
 * Guide, "Service quotas"). A table and each of its indexes count for themselves.
 */
final class DecreaseRule {
    private static final int FREE_PER_DAY = 4;
    private static final Duration THEN_EVERY = Duration.ofHours(1);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "EEEE, MMMM d, uuuu 'at' h:mm:ss a 'Coordinated Universal Time'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private DecreaseRule() {}

    static void check(ProvisionedThroughput throughput, Instant now) {
        int today = throughput.decreasesOn(now);
        var last = throughput.lastDecrease();
        if (last == null || today < FREE_PER_DAY || !now.isBefore(last.plus(THEN_EVERY))) {
            return;
        }
        var midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        var next = last.plus(THEN_EVERY).isBefore(midnight) ? last.plus(THEN_EVERY) : midnight;
        throw Refusals.limit("Provisioned throughput decreases are limited within a given UTC day. After the first "
                + FREE_PER_DAY + " decreases, each subsequent decrease in the same UTC day can be performed at most"
                + " once every " + THEN_EVERY.toSeconds() + " seconds. Number of decreases today: " + today
                + ". Last decrease at " + MOMENT.format(last) + ". Next decrease can be made at "
                + MOMENT.format(next));
    }
}
