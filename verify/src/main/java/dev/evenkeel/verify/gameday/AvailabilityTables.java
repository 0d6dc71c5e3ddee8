package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.Collection;

/** How much of what clients sent was answered: in all, by zone, by client, and over time. */
final class AvailabilityTables {
    private final Collection<Call> calls;
    private final Duration window;

    /** @param day its length */
    AvailabilityTables(Collection<Call> calls, Duration day) {
        this.calls = calls;
        this.window = Availability.window(day);
    }

    void render(Markdown out) {
        out.heading("Availability, as clients saw it");
        out.line(
                "Requests that were answered with anything but a 5xx. A *call* is what a client wanted: it tries a request "
                        + "again, at the next node, up to three times; so a request that failed is a short wait for most.");
        zones(out);
        clients(out);
        windows(out);
    }

    private void zones(Markdown out) {
        out.line("");
        out.table("| zone of the node asked | reads | of | writes | of |", "|---|---:|---:|---:|---:|");
        Availability.byZone(calls).forEach((zone, part) -> out.line("| %s | %s |", zone, shares(part)));
        out.line("| all | %s |", shares(Availability.total(calls)));
    }

    private void clients(Markdown out) {
        var waits = Pauses.longestByClient(calls);
        out.line("");
        out.table(
                "| client | reads | of | writes | of | calls that failed | longest without an answer s |",
                "|---|---:|---:|---:|---:|---:|---:|");
        Availability.byClient(calls)
                .forEach((client, part) -> out.line(
                        "| %s | %s | %d | %.2f |",
                        client, shares(part), part.callsFailed(), Markdown.seconds(waits.getOrDefault(client, 0L))));
    }

    private void windows(Markdown out) {
        out.line("");
        out.table(
                "| from s, for %d s | reads | of | writes | of | calls that failed |".formatted(window.toSeconds()),
                "|---:|---:|---:|---:|---:|---:|");
        for (var part : Availability.windows(calls, window)) {
            out.line("| %.0f | %s | %d |", Markdown.seconds(part.fromNanos()), shares(part), part.callsFailed());
        }
    }

    private static String shares(Availability.Window part) {
        return share(part.reads()) + " | " + share(part.writes());
    }

    private static String share(Availability.Share share) {
        return Markdown.text("%.3f %% | %d", share.percent(), share.total());
    }
}
